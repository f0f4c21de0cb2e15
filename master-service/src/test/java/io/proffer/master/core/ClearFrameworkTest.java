package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.v1.TaskState;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.fact.ConstraintLimits;
import io.proffer.master.core.state.CoreSettings;
import io.proffer.master.core.state.Losses;
import io.proffer.master.core.state.Retention;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left of a framework that was removed while work for it went on. */
class ClearFrameworkTest {
  @Test
  void aKillOfATaskThatWasNeverLaunchedIsForgottenWithItsFramework() {
    var small = new Given(remembering(0, 1));
    var gone = small.framework();
    var host = small.agent("cpus:2");
    gone.accepts(
        List.of(small.offer(gone.id(), host.id(), "cpus:2")),
        Infos.launch(Infos.task("a", host.id(), "cpus:1"), Infos.task("b", host.id(), "cpus:1")));
    gone.kills("b").event(TaskEvent.KillAsked.class);
    gone.tearsDown();
    small.tick();

    var back = small.subscribed(gone.info());
    var offer = small.offer(back.id(), host.id(), "cpus:1");
    back.launches(offer, Infos.task("b", host.id(), "cpus:1")).effect(ToAgent.RunTask.class);
  }

  @Test
  void nothingIsKeptOfAFrameworkThatIsForgottenBeforeItsTasksHaveLeftTheBooks() {
    var small = new Given(remembering(0, 1));
    var gone = small.framework();
    var host = small.agent("cpus:3");
    for (var id : List.of("a", "b", "c")) {
      gone.launches(
          small.offer(gone.id(), host.id(), "cpus:1"), Infos.task(id, host.id(), "cpus:1"));
    }

    gone.tearsDown();
    small.tick();
    host.fallsSilent();
    small.tick();

    var snapshot = small.snapshot();
    assertEquals(0, snapshot.completedFrameworks().size());
    assertEquals(0, snapshot.tasks().size());
    assertEquals(0, snapshot.completedTasks().size());
    assertEquals(0, snapshot.unreachableTasks().size());
  }

  @Test
  void anAgentThatIsLostEndsTheTasksOfAFrameworkThatWasRemoved() {
    var small = new Given(remembering(1, 2));
    var gone = small.framework();
    var host = small.agent("cpus:3");
    for (var id : List.of("a", "b", "c")) {
      gone.launches(
          small.offer(gone.id(), host.id(), "cpus:1"), Infos.task(id, host.id(), "cpus:1"));
    }
    gone.tearsDown();

    host.fallsSilent();

    var snapshot = small.snapshot();
    assertEquals(0, snapshot.unreachableTasks().size());
    assertEquals(3, snapshot.completedTasks().size());
    snapshot
        .completedTasks()
        .forEach(
            task -> {
              assertEquals(TaskState.TASK_KILLED, task.state());
              assertEquals(
                  "Framework m-0000 removed", task.latestStatus().orElseThrow().getMessage());
            });
  }

  private static CoreSettings remembering(int completedFrameworks, int turnEntities) {
    var usual = CoreSettings.defaults();
    return new CoreSettings(
        usual.agentReregisterTimeout(),
        usual.offerTimeout(),
        usual.roles(),
        usual.rootSubmissions(),
        completedFrameworks,
        usual.maxCompletedTasksPerFramework(),
        usual.maxUnreachableTasksPerFramework(),
        turnEntities,
        usual.maxPagedReconciliations(),
        usual.maxWaitingAccepts(),
        Retention.defaults(),
        ConstraintLimits.defaults(),
        Losses.defaults());
  }
}
