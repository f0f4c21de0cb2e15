package io.proffer.master.core.step;

import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.fact.Task;
import io.proffer.master.core.state.TaskStates;
import io.proffer.master.core.state.Turn;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** A task moves on: to another state, out of reach, or off the books. */
public final class EndTask {
  private EndTask() {}

  /** Takes in a status; when the task has thereby ended, its resources are free. */
  public static void update(Task task, TaskStatus status, TaskState latest, Turn turn) {
    var state = TaskStates.next(task.state(), latest);
    var news = isNews(task, status, state) ? Optional.of(state) : Optional.<TaskState>empty();
    boolean ended = !TaskStates.isTerminal(task.state()) && TaskStates.isTerminal(state);
    turn.emit(new TaskEvent.Updated(task.framework(), task.id(), status, latest, news, ended));
    if (task.usesResources() && TaskStates.isTerminal(state)) {
      free(task, turn);
    }
  }

  /** The task ended by the master's own word, which nobody has to acknowledge. */
  public static void end(Task task, TaskStatus status, Turn turn) {
    update(task, status, status.getState(), turn);
    turn.emit(new TaskEvent.Completed(task.framework(), task.id()));
  }

  /**
   * The task has ended, and its framework was told how by another master. Here nobody knows: the
   * books have what the framework would hear if it asked.
   */
  static void endUnheard(Task task, Turn turn) {
    if (TaskStates.isTerminal(task.state())) {
      turn.emit(new TaskEvent.Completed(task.framework(), task.id()));
      return;
    }
    boolean aware = Statuses.partitionAware(task.framework(), turn);
    var status =
        Statuses.ended(
            task,
            aware ? TaskState.TASK_GONE : TaskState.TASK_LOST,
            TaskStatus.Reason.REASON_RECONCILIATION,
            "Task ended in the time of another master",
            turn.moment());
    end(task, status, turn);
  }

  /** The task's agent is out of reach. */
  public static void loseSight(Task task, TaskStatus status, Instant since, Turn turn) {
    turn.emit(new TaskEvent.Unreachable(task.framework(), task.id(), status, since));
    if (task.usesResources()) {
      free(task, turn);
    }
  }

  /** Another state, or another result of a check (operator-api, section 2). */
  private static boolean isNews(Task task, TaskStatus status, TaskState state) {
    return state != task.state()
        || status.getReason() == TaskStatus.Reason.REASON_TASK_CHECK_STATUS_UPDATED
        || status.getReason() == TaskStatus.Reason.REASON_TASK_HEALTH_CHECK_STATUS_UPDATED
        || status.getState() != task.latestStatus().map(TaskStatus::getState).orElse(task.state());
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
