package io.proffer.agent.core;

import static io.proffer.agent.TaskMessages.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.command.HostCommand;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.effect.Stop;
import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.effect.ToMaster;
import io.proffer.agent.core.event.LinkEvent;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.AgentID;
import io.proffer.api.v1.DurationInfo;
import io.proffer.api.v1.MasterInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Given what an earlier run stored, when the agent starts again. */
final class RecoveryTest {
  private static final Duration AWAY = Duration.ofSeconds(1);

  private final Agents agent = Agents.registered();

  @Test
  void aRunningTaskGoesOnAndIsReportedUnderTheOldId() {
    var container = agent.running(Agents.PLAIN, task("t", "true"));
    assertEquals(List.of(), agent.recovered(AWAY, container).effects());
    agent.tickWhenDue().tickWhenDue();
    var subscribe = agent.opened().orElseThrow().subscribe();
    assertEquals("S0", subscribe.getAgentInfo().getId().getValue());
    assertEquals(1, subscribe.getLastEpoch());
    assertEquals("F", subscribe.getFrameworks(0).getId().getValue());
    assertEquals(TaskState.TASK_RUNNING, subscribe.getTasks(0).getState());
    assertEquals(2, subscribe.getTasks(0).getStatusesCount());
    agent.register(1);
    agent.when(new ContainerCommand.Started(container, 42));
    assertEquals(List.of(), agent.effects());
    var finished = agent.when(new ContainerCommand.Exited(container, 0)).update();
    assertEquals(TaskState.TASK_FINISHED, finished.getState());
    assertEquals("Command exited with status 0", finished.getMessage());
  }

  @Test
  void beforeItHasRecoveredItLooksForNoMaster() {
    agent.running(Agents.PLAIN, task("t", "true"));
    assertEquals(List.of(), agent.restarted(AWAY).after(Duration.ofMinutes(1)).effects());
  }

  @Test
  void whatWasStartedAndNotToldIsToldThenItsEnd() {
    var container = agent.run(Agents.PLAIN, task("t", "true"));
    agent.recovered(AWAY, container).register(1);
    var starting = agent.when(new ContainerCommand.Started(container, 42)).update();
    assertEquals(TaskState.TASK_STARTING, starting.getState());
    agent.when(new ContainerCommand.Exited(container, 0));
    assertTrue(agent.effects().contains(new ToContainer.Forget(container)));
    assertEquals(TaskState.TASK_RUNNING, agent.acknowledge(starting).update().getState());
    assertEquals(TaskState.TASK_FINISHED, agent.acknowledge(agent.update()).update().getState());
  }

  @Test
  void theEndOfATaskIsToldThoughItsStartWasLostWithThePower() {
    var container = agent.run(Agents.PLAIN, task("t", "true"));
    agent.recovered(AWAY, container).register(1);

    var failed = agent.when(new ContainerCommand.Exited(container, 3 << 8)).update();

    assertEquals(TaskState.TASK_FAILED, failed.getState());
    assertEquals("Command exited with status 3", failed.getMessage());
    assertEquals(container.value(), failed.getContainerStatus().getContainerId().getValue());
    assertFalse(failed.getContainerStatus().hasExecutorPid());
    assertTrue(agent.effects().contains(new ToContainer.Forget(container)));
  }

  @Test
  void aTaskThatWasNeverLaunchedIsDroppedInTheReferencesWords() {
    for (var framework : List.of(Agents.PLAIN, Agents.CAPABLE)) {
      var fresh = Agents.registered();
      fresh.run(framework, task("t", "true"));
      var dropped = fresh.recovered(AWAY).register(1).update();
      assertEquals(
          framework.equals(Agents.PLAIN) ? TaskState.TASK_LOST : TaskState.TASK_DROPPED,
          dropped.getState());
      assertEquals(Reason.REASON_AGENT_RESTARTED, dropped.getReason());
      assertEquals("Task launched during agent restart", dropped.getMessage());
    }
  }

  @Test
  void aTaskThatIsGoneWithoutATraceHasFailed() {
    agent.running(Agents.PLAIN, task("t", "true"));
    var failed = agent.recovered(AWAY).register(1).update();
    assertEquals(TaskState.TASK_FAILED, failed.getState());
    assertEquals(Reason.REASON_EXECUTOR_TERMINATED, failed.getReason());
  }

  @Test
  void aKillUnderWayGoesOnWithTheRestOfItsGrace() {
    var container = agent.running(Agents.PLAIN, task("t", "true"));
    agent.kill("t", Duration.ofSeconds(60));
    agent.after(Duration.ofSeconds(10));
    agent.recovered(Duration.ofSeconds(20), container);
    assertEquals(List.of(new ToContainer.Terminate(container)), agent.effects());
    agent.register(1).after(Duration.ofSeconds(28));
    assertEquals(List.of(), agent.effects());
    assertEquals(
        List.of(new ToContainer.Destroy(container)), agent.after(Duration.ofSeconds(3)).effects());
    agent.recovered(AWAY, container);
    assertEquals(List.of(new ToContainer.Destroy(container)), agent.effects());
    var killed = agent.register(1).when(new ContainerCommand.Exited(container, 9)).update();
    assertEquals(TaskState.TASK_KILLED, killed.getState());
  }

  @Test
  void aGraceThatPassedMeanwhileIsOver() {
    var container = agent.running(Agents.PLAIN, task("t", "true"));
    agent.kill("t", Duration.ofSeconds(5));
    agent.recovered(Duration.ofMinutes(1), container);
    assertEquals(List.of(new ToContainer.Destroy(container)), agent.after(Duration.ZERO).effects());
  }

  @Test
  void aClockThatWasSetBackLengthensNoGrace() {
    var container = agent.running(Agents.PLAIN, task("t", "true"));
    agent.kill("t", Duration.ofSeconds(5));
    agent.recovered(Duration.ofSeconds(-100_000), container);
    agent.after(Duration.ofSeconds(5));
    assertTrue(agent.effects().contains(new ToContainer.Destroy(container)));
  }

  @Test
  void aTaskMayRunNoLongerBecauseItsAgentWasAway() {
    var limit = DurationInfo.newBuilder().setNanoseconds(10_000_000_000L);
    var container = agent.running(Agents.PLAIN, task("t", "true").setMaxCompletionTime(limit));
    agent.recovered(Duration.ofSeconds(20), container);
    assertEquals(
        List.of(new ToContainer.Terminate(container)), agent.after(Duration.ZERO).effects());
  }

  @Test
  void aClockThatWasSetBackLengthensNoCompletionTime() {
    var limit = DurationInfo.newBuilder().setNanoseconds(10_000_000_000L);
    var container = agent.running(Agents.PLAIN, task("t", "true").setMaxCompletionTime(limit));
    agent.recovered(Duration.ofSeconds(-100_000), container);
    agent.after(Duration.ofSeconds(10));
    assertTrue(agent.effects().contains(new ToContainer.Terminate(container)));
  }

  @Test
  void aTaskThatWasRecalledIsDestroyedAndReportedAsKilled() {
    var container = agent.run(Agents.PLAIN, task("t", "true"));
    agent.kill("t");
    assertEquals(
        List.of(new ToContainer.Destroy(container)), agent.recovered(AWAY, container).effects());
    var killed = agent.register(1).when(new ContainerCommand.Exited(container, 9)).update();
    assertEquals(Reason.REASON_TASK_KILLED_DURING_LAUNCH, killed.getReason());
  }

  @Test
  void aContainerThatNobodyKnowsIsDestroyedAndForgotten() {
    var stray = new ContainerId("stray");
    assertEquals(List.of(new ToContainer.Destroy(stray)), agent.recovered(AWAY, stray).effects());
    assertEquals(
        List.of(new ToContainer.Forget(stray)),
        agent.when(new ContainerCommand.Exited(stray, 9)).effects());
  }

  @Test
  void updatesAreSentAgainInTheirOrderUntilTheyAreAcknowledged() {
    var container = agent.run(Agents.PLAIN, task("t", "true"));
    var starting = agent.when(new ContainerCommand.Started(container, 42)).update();
    agent.when(new ContainerCommand.Exited(container, 3 << 8));
    assertEquals(starting, agent.recovered(AWAY).register(1).update());
    var running = agent.acknowledge(starting).update();
    assertEquals(TaskState.TASK_RUNNING, running.getState());
    assertEquals(running, agent.recovered(AWAY).register(1).update());
    var failed = agent.acknowledge(running).update();
    assertEquals(TaskState.TASK_FAILED, failed.getState());
    agent.acknowledge(failed).recovered(AWAY).register(1);
    assertEquals(List.of(), agent.updates());
    assertEquals(List.of(), agent.snapshot().tasks());
    assertEquals(List.of(), agent.snapshot().frameworks());
  }

  @Test
  void whatAFrameworkThatIsShutDownRunsGoesOnEnding() {
    var container = agent.running(Agents.PLAIN, task("t", "true"));
    agent.when(new MasterCommand.ShutdownFramework(agent.session(), new FrameworkId("F")));
    agent.recovered(AWAY, container);
    assertEquals(List.of(new ToContainer.Terminate(container)), agent.effects());
    agent.register(1).when(new ContainerCommand.Exited(container, 15));
    assertEquals(List.of(new ToContainer.Forget(container)), agent.effects());
    assertEquals(List.of(), agent.snapshot().frameworks());
  }

  @Test
  void cleanupEndsWhatIsLeftThenTheAgentAndLeavesTheUpdatesToTheNextRun() {
    var container = agent.running(Agents.PLAIN, task("t", "true"));
    agent.restarted(AWAY).when(new HostCommand.Recover("boot", "/r", List.of(container), true));
    assertEquals(List.of(new ToContainer.Terminate(container)), agent.effects());
    agent.when(new ContainerCommand.Started(container, 42));
    agent.when(new ContainerCommand.Exited(container, 15));
    assertInstanceOf(Stop.class, agent.effects().getLast());
    assertEquals(TaskState.TASK_KILLED, agent.recovered(AWAY).register(1).update().getState());
  }

  @Test
  void cleanupOfNothingEndsAtOnce() {
    agent.restarted(AWAY).when(new HostCommand.Recover("boot", "/r", List.of(), true));
    assertInstanceOf(Stop.class, agent.effects().getLast());
  }

  @Test
  void aMasterThatCallsItByAnotherNameIsNotFollowed() {
    agent.recovered(AWAY);
    agent.tickWhenDue().tickWhenDue();
    assertEquals(
        AgentID.newBuilder().setValue("S0").build(),
        agent.opened().orElseThrow().subscribe().getAgentInfo().getId());
    var master = MasterInfo.newBuilder().setId("m").setIp(0).setPort(5050).build();
    agent.when(new MasterCommand.Registered(agent.session(), 1, new AgentId("S7"), master));
    assertEquals(List.of(new ToMaster.Close(agent.session())), agent.effects());
    assertInstanceOf(LinkEvent.Lost.class, agent.frame().events().getLast());
  }
}
