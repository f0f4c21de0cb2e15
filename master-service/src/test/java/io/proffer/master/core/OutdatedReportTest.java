package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.id.ExecutorId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.Task;
import io.proffer.api.v1.TaskState;
import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.ExecutorEvent;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.fact.Said;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        allocated());
  }

  /** As which state other masters would have it nobody knows; what is asked for is answered so. */
  @ParameterizedTest
  @CsvSource({"true, TASK_GONE", "false, TASK_LOST"})
  void whoWatchesTheClusterHearsOfTheEnd(boolean aware, TaskState end) {
    if (aware) {
      var info = framework.info().toBuilder();
      info.addCapabilitiesBuilder().setType(Infos.PARTITION_AWARE);
      given.when(Scheduler.subscribe(info.build(), given.newStream(), given.replyTo()));
    }
    given.when(report("s1", 5, false, "gone"));

    var then = given.when(report("s2", 7, false, NONE));

    var update = then.event(TaskEvent.Updated.class);
    assertEquals(Optional.of(end), update.news());
    assertTrue(update.ended());
    assertEquals("Task ended in the time of another master", update.status().getMessage());
    assertTrue(then.updates().isEmpty(), "another master has told");
    assertEquals(end, given.snapshot().completedTasks().iterator().next().state());
  }

  @Test
  void aTaskWhoseEndIsKnownKeepsIt() {
    var ended = Reports.task(framework, agent, "ended", TaskState.TASK_FINISHED);
    given.when(report("s1", 5, false, ended));

    var then = given.when(report("s2", 7, false, NONE));

    assertTrue(then.events(TaskEvent.Updated.class).isEmpty());
    assertEquals(
        TaskState.TASK_FINISHED, given.snapshot().completedTasks().iterator().next().state());
  }

  /** Where it ran there may be another task by now, which another master launched. */
  @ParameterizedTest
  @CsvSource({"TASK_FINISHED, TASK_FINISHED", "TASK_RUNNING, TASK_FINISHED"})
  void whatALaterReportCallsEndedHoldsNothingAndItsEndIsToldOnce(TaskState state, TaskState told) {
    given.when(report("s1", 5, false, "ends", "1", "2", "3"));
    var ended = Reports.task(framework, agent, "ends", TaskState.TASK_FINISHED);
    var ends = ended.toBuilder().setState(state).setStatusUpdateState(told).build();

    var then = given.when(report("s2", 7, false, ends, task("1"), task("2"), task("3"), task("4")));

    assertTrue(then.updates().isEmpty(), "its agent sends the update");
    assertEquals(Optional.of(TaskState.TASK_FINISHED), then.event(TaskEvent.Updated.class).news());
    assertEquals(
        List.of(TaskEvent.Updated.class, OfferEvent.Returned.class, TaskEvent.Readded.class),
        then.frame().events().stream()
            .map(Object::getClass)
            .filter(type -> type != AgentEvent.Reregistered.class)
            .toList());
    assertEquals(Resources.parse("cpus:4", "*").withAllocation("r"), allocated());

    var update = ended.getStatuses(0);
    var end =
        given.when(
            new AgentCommand.Update(agent.id(), "s2", framework.id(), update, update.getState()));

    assertEquals(TaskState.TASK_FINISHED, end.update().getState());
    assertFalse(end.event(TaskEvent.Updated.class).ended());
    assertTrue(end.events(OfferEvent.Returned.class).isEmpty());
    assertEquals(Resources.parse("cpus:4", "*").withAllocation("r"), allocated());
  }

  /** The end waits behind it in the stream of updates. */
  @Test
  void ofATaskThatALaterReportCallsEndedWhatIsUnderWayComesFirst() {
    given.when(report("s1", 5, false, "ends"));
    var ends =
        task("ends").toBuilder()
            .setState(TaskState.TASK_FINISHED)
            .addStatuses(Infos.status("ends", TaskState.TASK_FINISHED, "uuid-end"))
            .build();

    given.when(report("s2", 7, false, ends));

    var row = given.snapshot().tasks().iterator().next();
    assertEquals(TaskState.TASK_FINISHED, row.state());
    assertEquals(TaskState.TASK_RUNNING, row.forwarded().orElseThrow().state());
  }

  @Test
  void anExecutorInNoLaterReportHasEndedAndNobodyIsToldAgain() {
    var task = Reports.task(framework, agent, "t").toBuilder().setExecutorId(id("gone")).build();
    given.when(executors(5, List.of(task), "gone", "idle", "stays"));

    var then = given.when(executors(7, List.of(), "stays"));

    assertTrue(then.effects(ToFramework.ExecutorFailed.class).isEmpty(), "another master has told");
    assertEquals(2, then.events(ExecutorEvent.Ended.class).size());
    assertEquals(
        List.of("stays"),
        given.snapshot().executors().stream().map(executor -> executor.id().value()).toList());
    assertTrue(tasks().isEmpty());
  }

  @Test
  void ofAnExecutorThatWasLaunchedHereNobodyElseHasTold() {
    given.when(executors(5, List.of(), "reported"));
    launch("launched");
    launch("reported");

    var then = given.when(executors(7, List.of()));

    assertEquals(2, then.events(ExecutorEvent.Ended.class).size());
    assertEquals("launched", then.effect(ToFramework.ExecutorFailed.class).executor().value());
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

  /** As whom a task runs is in the books where that of a launched one is. */
  @Test
  void aTaskOfAUserHasEndedToo() {
    var of = Reports.task(framework, agent, "gone").toBuilder().setUser("nobody").build();
    given.when(report("s1", 5, false, of, Reports.task(framework, agent, "stays")));

    given.when(report("s2", 7, false, "stays"));

    assertEquals(List.of("stays"), tasks());
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
    assertEquals("s2", session());
  }

  @ParameterizedTest
  @CsvSource({"3, 1", "3, 2", "2, 9"})
  void whatWasSaidNoLaterThanWhatWasHeardIsNotListenedTo(long run, long attempt) {
    given.when(counted("heard", 3, 2, "new"));

    var then = given.when(counted("late", run, attempt, "gone", "new"));

    assertEquals(List.of(new ToAgent.Close("late")), then.frame().effects());
    assertEquals(List.of("new"), tasks());
    assertEquals("heard", session());
  }

  @ParameterizedTest
  @CsvSource({"3, 3", "4, 1"})
  void whatWasSaidLaterIsListenedTo(long run, long attempt) {
    given.when(counted("heard", 3, 2, "old"));

    given.when(counted("later", run, attempt, "old", "new"));

    assertEquals(List.of("old", "new"), tasks());
    assertEquals("later", session());
  }

  @Test
  void whatIsInNoLaterReportOfTheSameEpochHasEndedToo() {
    given.when(counted("s1", 3, 2, "gone", "stays"));

    var then = given.when(counted("s2", 3, 5, "stays"));

    assertEquals(List.of("stays"), tasks());
    assertTrue(then.updates().isEmpty(), "another master has told");
    assertTrue(then.effects(ToAgent.ReconcileTasks.class).isEmpty());
  }

  @Test
  void withoutACountNobodyKnowsWhichReportOfAnEpochIsTheLaterOne() {
    given.when(counted("s1", 0, 0, "missed"));

    var then = given.when(counted("s2", 3, 5));

    assertEquals(
        "missed", then.effect(ToAgent.ReconcileTasks.class).tasks().getFirst().task().value());
    assertEquals(List.of("missed"), tasks());
  }

  @Test
  void agentsOfAVersionThatDoesNotCountAreServedBeforeAndAfterOneThatDoes() {
    given.when(counted("s1", 0, 0));
    given.when(counted("s2", 3, 2));
    assertEquals("s2", session());

    given.when(counted("s3", 0, 0));
    assertEquals("s3", session(), "it was put back to the version before");

    given.when(counted("s4", 3, 1));
    assertEquals("s4", session());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRegistrationThatComesLateTakesNoAgentAway(boolean connected) {
    given.when(counted("heard", 3, 2, "new"));
    if (!connected) {
      given.when(new AgentCommand.SessionEnded("heard"));
    }

    var then = given.when(nameless("late", new Said(0, 3, 1)));

    assertEquals(List.of(new ToAgent.Close("late")), then.frame().effects());
    assertEquals(List.of("new"), tasks());
    assertEquals(connected, given.snapshot().agents().iterator().next().session().isPresent());
  }

  @Test
  void anAgentThatLostItsMemoryIsServedByTheSameId() {
    given.when(report("s1", 5, false, "lost"));

    var older = given.when(nameless("s2", Said.UNKNOWN)).effect(ToAgent.Registered.class);
    var newer = given.when(nameless("s3", new Said(0, 4, 1))).effect(ToAgent.Registered.class);

    assertEquals(agent.id(), older.agent());
    assertEquals(agent.id(), newer.agent());
  }

  private void launch(String executor) {
    var scheduler = new Scheduler(given, framework.id(), "stream-1", framework.info());
    var offer = given.offer(framework.id(), agent.id(), "cpus:1");
    var task = Infos.task("by " + executor, agent.id(), "cpus:0.5");
    scheduler.launches(offer, Infos.by(Infos.executor(executor, "cpus:0.1"), task));
  }

  private static io.proffer.api.v1.ExecutorID id(String executor) {
    return new ExecutorId(executor).message();
  }

  private AgentCommand.Subscribe executors(long followed, List<Task> tasks, String... executors) {
    var reports =
        List.of(executors).stream()
            .map(executor -> Reports.executor(framework, executor, "cpus:0.1"))
            .toList();
    return at(
        new Said(followed, 0, 0),
        false,
        agent.returning("e" + followed, tasks, reports, framework.info()));
  }

  private String session() {
    return given.snapshot().agents().iterator().next().session().orElseThrow();
  }

  private Task task(String id) {
    return Reports.task(framework, agent, id);
  }

  private Resources allocated() {
    return given.snapshot().agents().iterator().next().allocated();
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
    return at(
        new Said(followed, 0, 0),
        followedThis,
        agent.returning(session, List.of(tasks), List.of(framework.info())));
  }

  /** All by an agent that followed the same master before. */
  private AgentCommand.Subscribe counted(String session, long run, long attempt, String... tasks) {
    return at(new Said(5, run, attempt), false, report(session, 5, false, tasks));
  }

  /** From the address of the agent, and without its id. */
  private AgentCommand.Subscribe nameless(String session, Said when) {
    var info = agent.info().toBuilder().clearId().build();
    return at(when, false, Host.subscribe(info, agent.ip(), session));
  }

  private static AgentCommand.Subscribe at(
      Said when, boolean followedThis, AgentCommand.Subscribe words) {
    return new AgentCommand.Subscribe(
        words.session(),
        words.info(),
        words.ip(),
        words.version(),
        words.capabilities(),
        words.resourceVersion(),
        words.tasks(),
        words.executors(),
        words.ends(),
        words.frameworks(),
        when,
        followedThis);
  }
}
