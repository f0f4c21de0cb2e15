package io.proffer.agent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.proffer.agent.TaskMessages;
import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.fact.AgentLimits;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.Room;
import io.proffer.api.v1.Label;
import io.proffer.api.v1.Labels;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.TaskStatus.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much an agent holds of what its frameworks write into their tasks. */
final class MemoryBoundsTest {
  private static final int KB = 1024;
  private final Agents agent = Agents.registered(new AgentLimits(50, 150, 100, 1000, 1000, ROOM));

  /** Room for two tasks of 100 KB, and for one in the history. */
  private static final Room ROOM = new Room(200L * KB, 250L * KB, 100L * KB, 130L * KB, 10);

  private static TaskInfo.Builder large(String id, int kilobytes) {
    return TaskMessages.task(id, "true").setData(ByteString.copyFrom(new byte[kilobytes * KB]));
  }

  private static TaskInfo.Builder labelled(String id) {
    return TaskMessages.task(id, "true")
        .setLabels(
            Labels.newBuilder()
                .addLabels(Label.newBuilder().setKey("k").setValue("v".repeat(50 * KB))));
  }

  private TaskStatus refused(TaskInfo.Builder task) {
    agent.when(new MasterCommand.RunTask(agent.session(), Agents.CAPABLE, task.build(), true));
    assertFalse(agent.effects().stream().anyMatch(ToContainer.Launch.class::isInstance));
    return agent.update();
  }

  private void end(ContainerId container) {
    agent.acknowledge(agent.when(new ContainerCommand.Exited(container, 0)).update());
  }

  @Test
  void aTaskThatIsTooLargeForAnyMomentIsAnError() {
    var status = refused(large("t", 300));
    assertEquals(TaskState.TASK_ERROR, status.getState());
    assertEquals(Reason.REASON_TASK_INVALID, status.getReason());
    assertEquals(
        "The task takes 306 KB of the agent's memory, and a task may take 200 KB (--max_task_bytes):"
            + " keep what is large in a file that the task reads",
        status.getMessage().replaceFirst("30[0-9] KB", "306 KB"));
  }

  @Test
  void aTaskForWhichThereIsNoMemoryIsDroppedUntilAnotherIsOver() {
    var first = agent.running(Agents.CAPABLE, large("t1", 100));
    var second = agent.running(Agents.CAPABLE, large("t2", 100));

    var status = refused(large("t3", 100));

    assertEquals(TaskState.TASK_DROPPED, status.getState());
    assertEquals(Reason.REASON_CONTAINER_LAUNCH_FAILED, status.getReason());
    assertTrue(status.getMessage().contains("(--task_bytes is 250 KB)"), status.getMessage());
    agent.acknowledge(status);
    assertEquals(2, agent.snapshot().tasks().size());
    end(first);
    agent.running(Agents.CAPABLE, large("t3", 100));
    end(second);
  }

  @Test
  void theBoundsHoldAfterARestartAsBefore() {
    var first = agent.running(Agents.CAPABLE, large("t1", 100));
    var second = agent.running(Agents.CAPABLE, large("t2", 100));
    agent.recovered(Duration.ofSeconds(1), first, second).register(2);

    var status = refused(large("t3", 100));

    assertEquals(TaskState.TASK_DROPPED, status.getState());
    agent.acknowledge(status);
    end(first);
    agent.running(Agents.CAPABLE, large("t3", 100));
  }

  @Test
  void aLaunchThatFailsInItsMidstTakesNoMemory() {
    for (var i = 0; i < 5; i++) {
      agent.failNextId();
      agent.acknowledge(refused(large("t" + i, 100)));
    }
    agent.running(Agents.CAPABLE, large("t", 100));
  }

  @Test
  void historyKeepsTheNewestThatFitAndNoData() {
    end(agent.running(Agents.CAPABLE, large("data", 100)));
    var kept = agent.snapshot().completedTasks();
    assertEquals(1, kept.size());
    assertFalse(kept.getFirst().info().hasData());

    end(agent.running(Agents.CAPABLE, labelled("labels1")));
    end(agent.running(Agents.CAPABLE, labelled("labels2")));

    assertEquals(
        List.of("labels2"),
        agent.snapshot().completedTasks().stream().map(task -> task.key().task().value()).toList());
    assertTrue(agent.snapshot().completedTasks().getFirst().info().hasLabels());
  }
}
