package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.AgentEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Agents that fall silent, leave, or lose their connection; the messages are those of clients'
 * logs.
 */
class AgentLossTest {
  private final Given given = new Given();
  private final Scheduler aware = given.framework(Infos.PARTITION_AWARE);
  private final Scheduler unaware = given.framework();
  private final Host agent = given.agent("cpus:4");

  @Test
  void aSilentAgentIsUnreachableAndItsFrameworksHearOfTasksThenOffersThenTheAgent() {
    run(aware, "a");
    var offer = given.offer(aware.id(), agent.id(), "cpus:1");

    var then = agent.fallsSilent();

    var effects = then.frame().effects().stream().filter(ToFramework.class::isInstance).toList();
    var update = ((ToFramework.Update) effects.getFirst()).status();
    assertEquals(TaskState.TASK_UNREACHABLE, update.getState());
    assertEquals("health check timed out", update.getMessage());
    assertEquals(TaskStatus.Reason.REASON_AGENT_REMOVED, update.getReason());
    assertEquals(TaskStatus.Source.SOURCE_MASTER, update.getSource());
    assertTrue(update.hasUnreachableTime());
    assertFalse(update.hasUuid());
    assertEquals(
        List.of(
            new ToFramework.Rescind(aware.stream(), offer),
            new ToFramework.AgentFailed(aware.stream(), agent.id()),
            new ToFramework.AgentFailed(unaware.stream(), agent.id())),
        effects.subList(1, 4));
    then.event(AgentEvent.MarkedUnreachable.class);
    assertEquals(0, given.snapshot().agents().size());
    assertEquals(1, given.snapshot().unreachableAgents());
    assertEquals(1, given.snapshot().unreachableTasks().size());
  }

  @Test
  void aFrameworkThatIsNotPartitionAwareIsToldThatTheTaskIsLost() {
    run(unaware, "u");

    var update = agent.fallsSilent().update();

    assertEquals(TaskState.TASK_LOST, update.getState());
    assertTrue(update.hasUnreachableTime());
    var kept = given.snapshot().unreachableTasks().iterator().next();
    assertEquals(TaskState.TASK_LOST, kept.state());
  }

  @Test
  void anAgentThatComesBackFromOutOfReachBringsItsTasks() {
    run(aware, "a");
    run(unaware, "u");
    var tasks = List.of(Reports.task(aware, agent, "a"), Reports.task(unaware, agent, "u"));
    agent.fallsSilent();

    var then = given.when(agent.returning("s2", tasks, List.of(aware.info(), unaware.info())));

    then.effect(ToAgent.Registered.class);
    then.event(AgentEvent.MarkedReachable.class);
    for (var update : then.updates()) {
      assertEquals(TaskState.TASK_RUNNING, update.getState());
      assertEquals("Unreachable agent re-reregistered", update.getMessage());
      assertEquals(TaskStatus.Reason.REASON_AGENT_REREGISTERED, update.getReason());
    }
    assertEquals(2, then.updates().size());
    assertEquals(2, given.snapshot().tasks().size());
    assertEquals(0, given.snapshot().unreachableTasks().size());
    assertEquals(0, given.snapshot().unreachableAgents());
    assertEquals(2000, given.snapshot().agents().iterator().next().allocated().thousandths("cpus"));
  }

  @Test
  void tasksThatAnAgentLostWhileItWasAwayAreUnreachableNoMore() {
    run(aware, "a");
    agent.fallsSilent();
    given.when(agent.returning("s2", List.of(), List.of(aware.info())));

    assertEquals(0, given.snapshot().unreachableTasks().size());
    assertEquals(
        "Reconciliation: Task is unknown to the agent",
        aware.reconciles(ReconcileTest.asked("a", agent.id())).update().getMessage());
    var offer = given.offer(aware.id(), agent.id(), "cpus:1");
    aware
        .launches(offer, Infos.task("a", agent.id(), "cpus:1"))
        .effect(ToAgent.RunTask.class); // its id is free again
  }

  @Test
  void anAgentNobodyKnowsIsAdmittedWithItsTasksAndFrameworks() {
    var other = new Given();
    var task = Reports.task(aware, agent, "a");

    var then = other.when(agent.returning("s", List.of(task), List.of(aware.info())));

    then.event(AgentEvent.MarkedReachable.class);
    assertTrue(then.updates().isEmpty(), "nobody listens yet");
    var framework = other.snapshot().frameworks().iterator().next();
    assertEquals(aware.id(), framework.id());
    assertFalse(framework.connected());
    var update =
        other
            .when(Scheduler.subscribe(aware.info(), "stream", other.replyTo()))
            .effect(ToFramework.Subscribed.class);
    assertEquals(aware.id(), update.framework());
  }

  @Test
  void aFrameworkThatIsThereAlreadyHearsOfTheTasksOfAnAgentNobodyKnows() {
    var other = new Given();
    other.when(Scheduler.subscribe(aware.info(), "stream", other.replyTo()));

    var task = Reports.task(aware, agent, "a");
    var update = other.when(agent.returning("s", List.of(task), List.of(aware.info()))).update();

    assertEquals(TaskState.TASK_RUNNING, update.getState());
    assertEquals("Unknown agent reregistered", update.getMessage());
    assertEquals(TaskStatus.Reason.REASON_AGENT_REREGISTERED, update.getReason());
  }

  @Test
  void anAgentThatLostItsConnectionKeepsItsTasksUntilTheTimeout() {
    run(aware, "a");
    var offer = given.offer(aware.id(), agent.id(), "cpus:1");

    var then = agent.disconnects();
    assertEquals(offer, then.effect(ToFramework.Rescind.class).offer());
    assertTrue(then.updates().isEmpty());
    assertTrue(given.after(Duration.ofMinutes(9)).frame().isEmpty());

    var update = given.after(Duration.ofMinutes(1)).update();
    assertEquals(TaskState.TASK_UNREACHABLE, update.getState());
    assertEquals("agent did not reregister within 10mins after disconnecting", update.getMessage());
  }

  @Test
  void anAgentThatReturnsInTimeIsAskedForTheTasksItLacks() {
    run(aware, "a");
    run(aware, "b");
    agent.disconnects();

    var then =
        given.when(
            agent.returning("s2", List.of(Reports.task(aware, agent, "a")), List.of(aware.info())));

    then.event(AgentEvent.Reregistered.class);
    assertTrue(then.events(AgentEvent.Admitted.class).isEmpty(), "unchanged: nothing to store");
    var missing = then.effect(ToAgent.ReconcileTasks.class).tasks();
    assertEquals(List.of("b"), missing.stream().map(m -> m.task().value()).toList());
    assertTrue(given.after(Duration.ofHours(1)).frame().isEmpty(), "nothing is due any more");
    assertEquals(1, given.snapshot().agents().size());
  }

  @Test
  void aKillThatWasAskedForWhileTheAgentWasAwayIsDoneWhenItReturns() {
    run(aware, "a");
    agent.disconnects();
    assertTrue(aware.kills("a").effects(ToAgent.KillTask.class).isEmpty());

    var then =
        given.when(
            agent.returning("s2", List.of(Reports.task(aware, agent, "a")), List.of(aware.info())));

    assertEquals("a", then.effect(ToAgent.KillTask.class).task().value());
  }

  @Test
  void frameworksThatAreNoMoreAreShutDownWhereTheyStillRun() {
    run(aware, "a");
    var task = Reports.task(aware, agent, "a");
    agent.disconnects();
    aware.tearsDown();

    var then = given.when(agent.returning("s2", List.of(task), List.of(aware.info())));

    assertEquals(aware.id(), then.effect(ToAgent.ShutdownFramework.class).framework());
    assertEquals(0, given.snapshot().tasks().size());
  }

  @Test
  void anAgentThatLeavesLosesItsTasksForGood() {
    run(aware, "a");

    var then = agent.unregisters();

    assertEquals(TaskState.TASK_LOST, then.update().getState());
    assertEquals("Agent host-1 removed: the agent unregistered", then.update().getMessage());
    assertFalse(then.update().hasUnreachableTime());
    then.event(AgentEvent.Removed.class);
    assertEquals(1, given.snapshot().completedTasks().size());
  }

  @Test
  void aNewAgentAtTheAddressOfALostOneReplacesIt() {
    run(aware, "a");
    agent.disconnects();

    var fresh = agent.info().toBuilder().clearId().build();
    var then = given.when(Host.subscribe(fresh, agent.ip(), "s2"));

    assertEquals(
        "Agent host-1 removed: a new agent registered at the same address",
        then.update().getMessage());
    assertEquals("m-S1", then.effect(ToAgent.Registered.class).agent().value());
  }

  @Test
  void aConnectedAgentThatRegistersAgainHearsItsIdAgain() {
    run(aware, "a");
    var fresh = agent.info().toBuilder().clearId().build();

    var then = given.when(Host.subscribe(fresh, agent.ip(), "s2"));

    assertEquals(agent.id(), then.effect(ToAgent.Registered.class).agent());
    assertEquals(agent.session(), then.effect(ToAgent.Close.class).session());
    then.effect(ToAgent.ReconcileTasks.class);
  }

  @Test
  void anAgentMayNotMove() {
    var then = given.when(Host.subscribe(agent.info(), "10.9.9.9", "s2"));

    assertEquals(
        new ToAgent.Shutdown("s2", "Agent attempted to reregister with different IP / hostname"),
        then.effect(ToAgent.Shutdown.class));
  }

  @Test
  void anUpdateOfAnOldSessionIsIgnored() {
    run(aware, "a");
    given.when(agent.returning("s2", List.of(Reports.task(aware, agent, "a")), List.of()));

    assertTrue(agent.updates(aware.id(), "a", TaskState.TASK_FAILED).frame().isEmpty());
    assertTrue(agent.fallsSilent().frame().isEmpty());
    assertTrue(agent.disconnects().frame().isEmpty());
    assertTrue(agent.updates(new FrameworkId("x"), "a", TaskState.TASK_FAILED).frame().isEmpty());
  }

  @Test
  void anUpdateForAFrameworkThatIsNoMoreIsAnsweredByItsEnd() {
    aware.tearsDown();

    var then = agent.updates(aware.id(), "a", TaskState.TASK_FAILED);

    assertEquals(aware.id(), then.effect(ToAgent.ShutdownFramework.class).framework());
  }

  private void run(Scheduler framework, String task) {
    var offer = given.offer(framework.id(), agent.id(), "cpus:1");
    framework.launches(offer, Infos.task(task, agent.id(), "cpus:1"));
    agent.updates(framework.id(), task, TaskState.TASK_RUNNING);
  }
}
