package io.proffer.master.core.step.operation;

import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;

/** Why a task was not launched. */
record Refusal(TaskState state, TaskStatus.Reason reason, String message) {
  static Refusal invalid(String message) {
    return new Refusal(TaskState.TASK_ERROR, TaskStatus.Reason.REASON_TASK_INVALID, message);
  }

  static Refusal unauthorized(String message) {
    return new Refusal(TaskState.TASK_ERROR, TaskStatus.Reason.REASON_TASK_UNAUTHORIZED, message);
  }

  static Refusal unauthorizedGroup(String message) {
    return new Refusal(
        TaskState.TASK_ERROR, TaskStatus.Reason.REASON_TASK_GROUP_UNAUTHORIZED, message);
  }

  static Refusal invalidGroup(String message) {
    return new Refusal(TaskState.TASK_ERROR, TaskStatus.Reason.REASON_TASK_GROUP_INVALID, message);
  }
}
