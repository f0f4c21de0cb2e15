package io.proffer.master.core.state;

import io.proffer.api.v1.TaskState;
import java.util.EnumSet;

/** The states of tasks and how they follow each other (lifecycle, section 6). */
public final class TaskStates {
  private TaskStates() {}

  /** Whether a task in this state has ended for good. */
  public static boolean isTerminal(TaskState state) {
    return switch (state) {
      case TASK_FINISHED,
          TASK_FAILED,
          TASK_KILLED,
          TASK_ERROR,
          TASK_LOST,
          TASK_DROPPED,
          TASK_GONE,
          TASK_GONE_BY_OPERATOR ->
          true;
      case TASK_STAGING,
          TASK_STARTING,
          TASK_RUNNING,
          TASK_KILLING,
          TASK_UNREACHABLE,
          TASK_UNKNOWN ->
          false;
    };
  }

  /**
   * The state after an update: a terminal one is final, and a task never goes back on its way from
   * staging to its end; such updates are kept as statuses only.
   */
  public static TaskState next(TaskState from, TaskState update) {
    return follows(from, update) ? update : from;
  }

  private static boolean follows(TaskState from, TaskState update) {
    if (isTerminal(from)) {
      return false;
    }
    return isTerminal(update)
        || switch (from) {
          case TASK_STAGING ->
              EnumSet.of(TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_KILLING)
                  .contains(update);
          case TASK_STARTING ->
              update == TaskState.TASK_RUNNING || update == TaskState.TASK_KILLING;
          case TASK_RUNNING -> update == TaskState.TASK_KILLING;
          // Comes back with its agent only, which adds it anew.
          case TASK_KILLING, TASK_UNREACHABLE, TASK_UNKNOWN -> false;
          case TASK_FINISHED,
              TASK_FAILED,
              TASK_KILLED,
              TASK_ERROR,
              TASK_LOST,
              TASK_DROPPED,
              TASK_GONE,
              TASK_GONE_BY_OPERATOR ->
              false;
        };
  }
}
