package io.proffer.master.core.allocator;

import io.proffer.api.v1.TaskState;

/** Which tasks use their resources. */
final class TaskStates {
  private TaskStates() {}

  static boolean usesResources(TaskState state) {
    return switch (state) {
      case TASK_STAGING, TASK_STARTING, TASK_RUNNING, TASK_KILLING, TASK_UNKNOWN -> true;
      case TASK_FINISHED,
          TASK_FAILED,
          TASK_KILLED,
          TASK_ERROR,
          TASK_LOST,
          TASK_DROPPED,
          TASK_UNREACHABLE,
          TASK_GONE,
          TASK_GONE_BY_OPERATOR ->
          false;
    };
  }
}
