package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.v1.Task;
import io.proffer.api.v1.TaskState;
import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.event.TaskEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What agents say may be under way for so long that they follow another master meanwhile, which
 * tells frameworks what became of their tasks.
 */
class OutdatedReportTest {
  private static final String[] NONE = {};

  private final Given before = new Given();
  private final Scheduler framework = before.framework();
  private final Host agent = before.agent("cpus:4;mem:1024");
  private final Given given = new Given();

  @BeforeEach
  void theAgentIsOfTheRegistryAndItsFrameworkIsThere() {
    given.core.recover(List.of(framework.info()), List.of(agent.info()), Map.of(), given.moment());
    given.when(Scheduler.subscribe(framework.info(), given.newStream(), given.replyTo()));
  }

  @Test
  void whatIsInNoLaterReportHasEndedAndNobodyIsToldAgain() {
    given.when(report("s1", 5, false, "gone", "stays"));
    assertEquals(List.of("gone", "stays"), tasks());

    var then = given.when(report("s2", 7, false, "stays", "new"));

    assertEquals(List.of("stays", "new"), tasks());
    assertTrue(then.updates().isEmpty(), "another master has told");
    assertTrue(then.effects(ToAgent.ReconcileTasks.class).isEmpty());
    assertEquals("gone", then.event(TaskEvent.Completed.class).task().value());
    assertEquals(
        given.snapshot().tasks().stream()
            .map(task -> task.resources())
            .reduce((a, b) -> a.plus(b))
            .orElseThrow(),
        given.snapshot().agents().iterator().next().allocated());
  }

  @Test
  void aTaskWithoutStatusHasEndedToo() {
    given.when(report("s1", 5, false, Reports.task(framework, agent, "a")));
    var staging =
        Reports.task(framework, agent, "b").toBuilder()
            .setState(TaskState.TASK_STAGING)
            .clearStatuses()
            .clearStatusUpdateState()
            .build();
    given.when(report("s2", 5, false, staging));
    assertEquals(List.of("a", "b"), tasks());

    given.when(report("s3", 6, false, Reports.task(framework, agent, "c")));

    assertEquals(List.of("c"), tasks());
  }

  @Test
  void whatIsMissedByAnAgentThatFollowedThisMasterIsAskedFor() {
    given.when(report("s1", 5, false, "missed"));

    var then = given.when(report("s2", 9, true, NONE));

    assertEquals(
        "missed", then.effect(ToAgent.ReconcileTasks.class).tasks().getFirst().task().value());
    assertEquals(List.of("missed"), tasks());
  }

  @Test
  void aReportFromBeforeThatOfTheBooksIsNotListenedTo() {
    given.when(report("s2", 7, false, "new"));

    var then = given.when(report("s1", 5, false, "gone"));

    assertEquals(List.of(new ToAgent.Close("s1")), then.frame().effects());
    assertEquals(List.of("new"), tasks());
    assertEquals("s2", given.snapshot().agents().iterator().next().session().orElseThrow());
  }

  private List<String> tasks() {
    return given.snapshot().tasks().stream().map(task -> task.id().value()).toList();
  }

  private AgentCommand.Subscribe report(
      String session, long followed, boolean followedThis, String... tasks) {
    return report(
        session,
        followed,
        followedThis,
        List.of(tasks).stream()
            .map(task -> Reports.task(framework, agent, task))
            .toArray(Task[]::new));
  }

  private AgentCommand.Subscribe report(
      String session, long followed, boolean followedThis, Task... tasks) {
    var said = agent.returning(session, List.of(tasks), List.of(framework.info()));
    return new AgentCommand.Subscribe(
        said.session(),
        said.info(),
        said.ip(),
        said.version(),
        said.capabilities(),
        said.resourceVersion(),
        said.tasks(),
        said.executors(),
        said.frameworks(),
        followed,
        followedThis);
  }
}
