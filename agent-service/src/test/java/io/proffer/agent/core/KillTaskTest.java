package io.proffer.agent.core;

import static io.proffer.agent.TaskMessages.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.DurationInfo;
import io.proffer.api.v1.KillPolicy;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.TaskStatus.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KillTaskTest {
  private static final Duration JUST_BEFORE = Duration.ofMillis(-1);

  private final Agents agent = Agents.registered();

  private void expectForceAfter(ContainerId container, Duration grace) {
    assertEquals(List.of(), agent.after(grace.plus(JUST_BEFORE)).effects());
    assertEquals(
        List.of(new ToContainer.Destroy(container)), agent.after(Duration.ofMillis(1)).effects());
  }

  @Test
  void sigtermComesAtOnceAndSigkillAfterThreeSeconds() {
    var container = agent.running(Agents.PLAIN, task("t", "true"));
    agent.kill("t");
    assertEquals(List.of(new ToContainer.Terminate(container)), agent.effects());
    expectForceAfter(container, Duration.ofSeconds(3));
  }

  @Test
  void theGraceOfTheCallGoesBeforeThatOfTheTask() {
    var policy =
        KillPolicy.newBuilder()
            .setGracePeriod(DurationInfo.newBuilder().setNanoseconds(20_000_000_000L));
    var container = agent.running(Agents.PLAIN, task("t", "true").setKillPolicy(policy));
    agent.kill("t");
    expectForceAfter(container, Duration.ofSeconds(20));
    var other = agent.running(Agents.PLAIN, task("u", "true").setKillPolicy(policy));
    agent.kill("u", Duration.ofSeconds(7));
    expectForceAfter(other, Duration.ofSeconds(7));
  }

  @Test
  void aSecondKillMayShortenTheGraceButNotLengthenIt() {
    var container = agent.running(Agents.PLAIN, task("t", "true"));
    agent.kill("t", Duration.ofSeconds(60));
    agent.after(Duration.ofSeconds(1));
    agent.kill("t", Duration.ofSeconds(90));
    agent.kill("t", Duration.ofSeconds(5));
    expectForceAfter(container, Duration.ofSeconds(4));
  }

  @Test
  void aFrameworkThatCanHearsOfTheKillFirst() {
    var container = agent.running(Agents.CAPABLE, task("t", "true"));
    var killing = agent.kill("t").update();
    assertEquals(TaskState.TASK_KILLING, killing.getState());
    assertFalse(killing.hasMessage());
    agent.when(new ContainerCommand.Exited(container, 15));
    var killed = agent.acknowledge(killing).update();
    assertEquals(TaskState.TASK_KILLED, killed.getState());
    assertEquals("Command terminated with signal Terminated", killed.getMessage());
    assertFalse(killed.hasReason());
  }

  @Test
  void aKilledTaskIsKilledWhateverItsStatus() {
    var container = agent.running(Agents.PLAIN, task("t", "true"));
    agent.kill("t");
    var status = agent.when(new ContainerCommand.Exited(container, 0)).update();
    assertEquals(TaskState.TASK_KILLED, status.getState());
    assertEquals("Command exited with status 0", status.getMessage());
  }

  @Test
  void aTaskThatIsKilledBeforeItStartsNeverRuns() {
    var container = agent.run(Agents.PLAIN, task("t", "true"));
    agent.kill("t");
    assertEquals(List.of(new ToContainer.Destroy(container)), agent.effects());
    assertEquals(List.of(), agent.when(new ContainerCommand.Started(container, 42)).effects());
    var status = agent.when(new ContainerCommand.Exited(container, 9)).update();
    assertEquals(TaskState.TASK_KILLED, status.getState());
    assertEquals(Reason.REASON_TASK_KILLED_DURING_LAUNCH, status.getReason());
    assertEquals(TaskStatus.Source.SOURCE_AGENT, status.getSource());
  }

  @Test
  void ofATaskThatIsNotHereTheFrameworkIsTold() {
    agent.running(Agents.CAPABLE, task("other", "true"));
    var status = agent.kill("unknown").update();
    assertEquals(TaskState.TASK_DROPPED, status.getState());
    assertEquals("Cannot find executor", status.getMessage());
    assertEquals(Reason.REASON_EXECUTOR_TERMINATED, status.getReason());
    assertEquals(List.of(), agent.acknowledge(status).effects());
  }

  @Test
  void ofAFrameworkThatIsNotHereTheTaskIsLost() {
    assertEquals(TaskState.TASK_LOST, agent.kill("unknown").update().getState());
  }

  @Test
  void aTaskThatRunsTooLongFailsWithoutKilling() {
    var limit = DurationInfo.newBuilder().setNanoseconds(10_000_000_000L);
    var container = agent.running(Agents.CAPABLE, task("t", "true").setMaxCompletionTime(limit));
    agent.after(Duration.ofSeconds(10));
    assertEquals(List.of(new ToContainer.Terminate(container)), agent.effects());
    var status = agent.when(new ContainerCommand.Exited(container, 15)).update();
    assertEquals(TaskState.TASK_FAILED, status.getState());
    assertEquals(Reason.REASON_MAX_COMPLETION_TIME_REACHED, status.getReason());
    assertEquals("Command terminated with signal Terminated", status.getMessage());
  }

  @Test
  void aTaskThatEndsInTimeIsNotBotheredLater() {
    var limit = DurationInfo.newBuilder().setNanoseconds(10_000_000_000L);
    var container = agent.running(Agents.PLAIN, task("t", "true").setMaxCompletionTime(limit));
    agent.acknowledge(agent.when(new ContainerCommand.Exited(container, 0)).update());
    assertEquals(List.of(), agent.after(Duration.ofMinutes(1)).effects());
  }

  @Test
  void shuttingAnExecutorDownLeavesItThreeSeconds() {
    var container = agent.running(Agents.PLAIN, task("t", "true"));
    agent.when(
        new MasterCommand.ShutdownExecutor(
            agent.session(), new FrameworkId("F"), new ExecutorId("t")));
    assertEquals(List.of(new ToContainer.Terminate(container)), agent.effects());
    expectForceAfter(container, Duration.ofSeconds(3));
  }

  @Test
  void nobodyHearsOfTheTasksOfAFrameworkThatIsShutDown() {
    var container = agent.running(Agents.CAPABLE, task("t", "true"));
    agent.when(new MasterCommand.ShutdownFramework(agent.session(), new FrameworkId("F")));
    assertEquals(List.of(new ToContainer.Terminate(container)), agent.effects());
    assertEquals(List.of(), launchOf(task("u", "true")));
    assertEquals(
        List.of(new ToContainer.Forget(container)),
        agent.when(new ContainerCommand.Exited(container, 15)).effects());
    assertFalse(launchOf(task("v", "true")).isEmpty(), "the framework may come back");
  }

  private List<?> launchOf(TaskInfo.Builder task) {
    return agent
        .when(new MasterCommand.RunTask(agent.session(), Agents.CAPABLE, task.build(), true))
        .effects();
  }
}
