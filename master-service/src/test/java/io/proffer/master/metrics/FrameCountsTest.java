package io.proffer.master.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.metrics.Figures;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.kernel.Frame;
import io.proffer.master.core.command.ClockCommand;
import io.proffer.master.core.event.TaskEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FrameCountsTest {
  private static final FrameworkId FRAMEWORK = new FrameworkId("f");
  private static final TaskId TASK = new TaskId("t");

  private final FrameCounts counts = new FrameCounts(0);

  private void read(TaskEvent... events) {
    counts.read(new ClockCommand.Tick(1), new Frame<>(List.of(events), List.of()));
  }

  private static TaskStatus status(TaskState state) {
    return TaskStatus.newBuilder().setTaskId(TASK.message()).setState(state).build();
  }

  private static TaskEvent.Updated updated(TaskState state, TaskState latest, boolean ended) {
    return new TaskEvent.Updated(
        FRAMEWORK, TASK, status(state), latest, Optional.of(latest), ended);
  }

  private double told(String name) {
    var figures = new Figures();
    counts.ends().addTo(figures);
    return figures.named().get(name);
  }

  /** Its resources were freed when it went out of reach: nothing more is. */
  @Test
  void theEndOfATaskOutOfReachIsCounted() {
    read(
        new TaskEvent.Unreachable(
            FRAMEWORK, TASK, status(TaskState.TASK_UNREACHABLE), Instant.EPOCH));
    var gone = TaskState.TASK_GONE_BY_OPERATOR;
    read(updated(gone, gone, true), new TaskEvent.Completed(FRAMEWORK, TASK));

    assertEquals(1.0, told("master/tasks_gone_by_operator"));
    assertEquals(1, counts.frameworks().others().ends.get(gone));
  }

  /** As when a framework is removed that has not acknowledged it. */
  @Test
  void anEndIsCountedOnce() {
    read(updated(TaskState.TASK_RUNNING, TaskState.TASK_FINISHED, true));
    read(updated(TaskState.TASK_FINISHED, TaskState.TASK_FINISHED, false));
    read(
        updated(TaskState.TASK_KILLED, TaskState.TASK_KILLED, false),
        new TaskEvent.Completed(FRAMEWORK, TASK));

    assertEquals(1.0, told("master/tasks_finished"));
    assertEquals(0.0, told("master/tasks_killed"));
  }
}
