package io.proffer.agent.executor;

import io.proffer.api.resource.IdRules;
import io.proffer.api.v1.CheckStatusInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.executor.Call;
import java.util.Optional;

/** Whether an executor call has all its parts (executor-api.md, 1). */
final class CallShape {
  private static final Optional<String> FINE = Optional.empty();
  private static final int UUID_BYTES = 16;

  private CallShape() {}

  /** The REASON of {@code Failed to validate Executor::Call: REASON}, or nothing. */
  static Optional<String> check(Call call) {
    if (!call.hasType()) {
      return expecting("type");
    }
    return switch (call.getType()) {
      case SUBSCRIBE -> call.hasSubscribe() ? checkUnacknowledged(call) : expecting("subscribe");
      case UPDATE ->
          call.hasUpdate() ? checkUpdate(call, call.getUpdate().getStatus()) : expecting("update");
      case MESSAGE -> call.hasMessage() ? FINE : expecting("message");
      case HEARTBEAT, UNKNOWN -> FINE;
    };
  }

  /** What is said again must be what might have been said. */
  private static Optional<String> checkUnacknowledged(Call call) {
    return call.getSubscribe().getUnacknowledgedUpdatesList().stream()
        .flatMap(update -> checkUpdate(call, update.getStatus()).stream())
        .findFirst();
  }

  private static Optional<String> checkUpdate(Call call, TaskStatus status) {
    if (!status.hasUuid()) {
      return expecting("uuid");
    }
    if (status.getUuid().size() != UUID_BYTES) {
      return Optional.of("Not a valid UUID");
    }
    return checkTask(status)
        .or(() -> checkSender(call, status))
        .or(() -> status.hasCheckStatus() ? checkStatus(status.getCheckStatus()) : FINE);
  }

  /**
   * A task of such an id was never launched, so no news of it are true; the reference believes them
   * (executor-api.md, 6), and they end in logs and with frameworks.
   */
  private static Optional<String> checkTask(TaskStatus status) {
    return IdRules.check(status.getTaskId().getValue())
        .map(wrong -> "TaskID in TaskStatus: " + wrong);
  }

  private static Optional<String> checkSender(Call call, TaskStatus status) {
    var executor = call.getExecutorId().getValue();
    if (status.hasExecutorId() && !status.getExecutorId().equals(call.getExecutorId())) {
      return Optional.of(
          "ExecutorID in Call: "
              + executor
              + " does not match ExecutorID in TaskStatus: "
              + status.getExecutorId().getValue());
    }
    var sender = " from executor " + executor + " of framework " + call.getFrameworkId().getValue();
    if (status.getSource() != TaskStatus.Source.SOURCE_EXECUTOR) {
      return Optional.of(
          "Received Call" + sender + " with invalid source, expecting 'SOURCE_EXECUTOR'");
    }
    return status.getState() == TaskState.TASK_STAGING
        ? Optional.of("Received TASK_STAGING" + sender + " which is not allowed")
        : FINE;
  }

  private static Optional<String> checkStatus(CheckStatusInfo status) {
    if (!status.hasType()) {
      return Optional.of("CheckStatusInfo must specify 'type'");
    }
    return switch (status.getType()) {
      case COMMAND -> part(status.hasCommand(), "command", "COMMAND");
      case HTTP -> part(status.hasHttp(), "http", "HTTP");
      case TCP -> part(status.hasTcp(), "tcp", "TCP");
      case UNKNOWN -> Optional.of("'UNKNOWN' is not a valid check's status type");
    };
  }

  private static Optional<String> part(boolean there, String field, String type) {
    return there
        ? FINE
        : Optional.of("Expecting '" + field + "' to be set for " + type + " check's status");
  }

  private static Optional<String> expecting(String field) {
    return Optional.of("Expecting '" + field + "' to be present");
  }
}
