package io.proffer.master.core.step;

import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.fact.Task;
import io.proffer.master.core.state.TaskStates;
import io.proffer.master.core.state.Turn;
import java.time.Instant;
import java.util.OptionalLong;

/** A task moves on: to another state, out of reach, or off the books. */
public final class EndTask {
  private EndTask() {}

  /** Takes in a status; when the task has thereby ended, its resources are free. */
  public static void update(Task task, TaskStatus status, TaskState latest, Turn turn) {
    turn.emit(new TaskEvent.Updated(task.framework(), task.id(), status, latest));
    if (holdsResources(task.state())
        && TaskStates.isTerminal(TaskStates.next(task.state(), latest))) {
      free(task, turn);
    }
  }

  /** The task ended by the master's own word, which nobody has to acknowledge. */
  public static void end(Task task, TaskStatus status, Turn turn) {
    update(task, status, status.getState(), turn);
    turn.emit(new TaskEvent.Completed(task.framework(), task.id()));
  }

  /** The task's agent is out of reach. */
  public static void loseSight(Task task, TaskStatus status, Instant since, Turn turn) {
    turn.emit(new TaskEvent.Unreachable(task.framework(), task.id(), status, since));
    if (holdsResources(task.state())) {
      free(task, turn);
    }
  }

  private static boolean holdsResources(TaskState state) {
    return !TaskStates.isTerminal(state) && state != TaskState.TASK_UNREACHABLE;
  }

  private static void free(Task task, Turn turn) {
    turn.emit(
        new OfferEvent.Returned(
            task.framework(),
            task.role(),
            task.agent(),
            task.resources(),
            OfferEvent.Cause.FREED,
            OptionalLong.empty()));
  }
}
