package io.proffer.cli.bench.agent;

import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.Task;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import java.util.Optional;

/** One task as its agent holds it: where it is, and the update that waits to be acknowledged. */
final class SimTask {
  private final FrameworkInfo framework;
  private final TaskInfo info;
  private final String container;
  private TaskState state = TaskState.TASK_STAGING;
  private Optional<TaskStatus> unacknowledged = Optional.empty();
  private Optional<TaskState> next = Optional.empty();
  private long sentNanos;

  SimTask(FrameworkInfo framework, TaskInfo info, String container) {
    this.framework = framework;
    this.info = info;
    this.container = container;
  }

  FrameworkInfo framework() {
    return framework;
  }

  TaskInfo info() {
    return info;
  }

  String container() {
    return container;
  }

  TaskState state() {
    return state;
  }

  /** The update that was sent and not acknowledged. */
  Optional<TaskStatus> unacknowledged() {
    return unacknowledged;
  }

  /** What follows once that update is acknowledged. */
  Optional<TaskState> next() {
    return next;
  }

  void then(TaskState following) {
    next = Optional.of(following);
  }

  long sentNanos() {
    return sentNanos;
  }

  void reported(TaskStatus status, long nowNanos) {
    state = status.getState();
    unacknowledged = Optional.of(status);
    next = Optional.empty();
    sentNanos = nowNanos;
  }

  void resent(long nowNanos) {
    sentNanos = nowNanos;
  }

  void acknowledged() {
    unacknowledged = Optional.empty();
  }

  /** What an agent that comes back tells of it. */
  Task report() {
    var report =
        Task.newBuilder()
            .setName(info.getName())
            .setTaskId(info.getTaskId())
            .setFrameworkId(framework.getId())
            .setAgentId(info.getAgentId())
            .setState(state)
            .addAllResources(info.getResourcesList());
    unacknowledged.ifPresent(
        status ->
            report
                .setStatusUpdateState(status.getState())
                .setStatusUpdateUuid(status.getUuid())
                .addStatuses(status));
    return report.build();
  }
}
