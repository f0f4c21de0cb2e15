package io.proffer.agent.core;

import static io.proffer.agent.TaskMessages.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.effect.ToContainer;
import io.proffer.api.v1.DrainConfig;
import io.proffer.api.v1.DurationInfo;
import io.proffer.api.v1.KillPolicy;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DrainAgentTest {
  private static final DrainConfig PLAIN = DrainConfig.getDefaultInstance();

  private final Agents agent = Agents.registered();

  private Agents drain(DrainConfig config) {
    return agent.when(new MasterCommand.Drain(agent.session(), config));
  }

  private static DurationInfo seconds(long seconds) {
    return DurationInfo.newBuilder().setNanoseconds(seconds * 1_000_000_000L).build();
  }

  @Test
  void tasksAreKilledAndFrameworksHearWhy() {
    var container = agent.running(Agents.CAPABLE, task("t", "true"));

    var killing = drain(PLAIN).update();
    agent.when(new ContainerCommand.Exited(container, 15));
    var killed = agent.acknowledge(killing).update();

    assertEquals(TaskState.TASK_KILLING, killing.getState());
    assertEquals(Reason.REASON_AGENT_DRAINING, killing.getReason());
    assertEquals(TaskState.TASK_KILLED, killed.getState());
    assertEquals(Reason.REASON_AGENT_DRAINING, killed.getReason());
    assertEquals("Command terminated with signal Terminated", killed.getMessage());
    assertTrue(agent.snapshot().draining().isPresent(), "the end is not acknowledged");
    agent.acknowledge(killed);
    assertFalse(agent.snapshot().draining().isPresent());
  }

  @Test
  void onAnAgentThatWillBeGoneTheyAreGoneForWhoUnderstandsThat() {
    var gone = DrainConfig.newBuilder().setMarkGone(true).build();
    var container = agent.running(Agents.PLAIN, task("t", "true"));
    drain(gone);
    assertEquals(
        TaskState.TASK_KILLED,
        agent.when(new ContainerCommand.Exited(container, 15)).update().getState());

    var other = Agents.registered();
    var capable = other.running(Agents.CAPABLE, task("u", "true"));
    var killing = other.when(new MasterCommand.Drain(other.session(), gone)).update();
    other.when(new ContainerCommand.Exited(capable, 15));
    assertEquals(TaskState.TASK_GONE_BY_OPERATOR, other.acknowledge(killing).update().getState());
  }

  @Test
  void theOrderShortensGracesAndLengthensNone() {
    var config = DrainConfig.newBuilder().setMaxGracePeriod(seconds(5)).build();
    var slow = KillPolicy.newBuilder().setGracePeriod(seconds(60));
    var quick = KillPolicy.newBuilder().setGracePeriod(seconds(1));
    var patient = agent.running(Agents.PLAIN, task("slow", "true").setKillPolicy(slow));
    var hasty = agent.running(Agents.PLAIN, task("quick", "true").setKillPolicy(quick));

    drain(config);

    assertEquals(
        List.of(new ToContainer.Terminate(patient), new ToContainer.Terminate(hasty)),
        agent.effects());
    assertEquals(
        List.of(new ToContainer.Destroy(hasty)), agent.after(Duration.ofSeconds(1)).effects());
    assertEquals(
        List.of(new ToContainer.Destroy(patient)), agent.after(Duration.ofSeconds(4)).effects());
  }

  @Test
  void noTaskIsLaunchedUntilAllHaveEnded() {
    agent.running(Agents.CAPABLE, task("t", "true"));
    drain(PLAIN);

    var late = task("late", "true").build();
    var refused =
        agent.when(new MasterCommand.RunTask(agent.session(), Agents.CAPABLE, late, true)).update();

    assertEquals(TaskState.TASK_DROPPED, refused.getState());
    assertEquals(Reason.REASON_AGENT_DRAINING, refused.getReason());
    assertEquals("Task was received while agent was already draining", refused.getMessage());
  }

  @Test
  void anAgentWithoutTasksIsDrainedAtOnceAndLaunchesAgain() {
    drain(PLAIN);

    assertFalse(agent.snapshot().draining().isPresent());
    assertFalse(agent.memory().draining().isPresent());
    agent.running(Agents.PLAIN, task("t", "true"));
  }

  @Test
  void theOrderOutlivesTheAgent() {
    var container = agent.running(Agents.PLAIN, task("t", "true"));
    drain(PLAIN);
    var before = agent.snapshot().draining();

    agent.recovered(Duration.ofSeconds(1), container).register(1);

    assertEquals(before, agent.snapshot().draining());
    assertEquals(
        Reason.REASON_AGENT_DRAINING,
        agent.when(new ContainerCommand.Exited(container, 15)).update().getReason());
  }
}
