package io.proffer.agent.core.fact;

import com.google.protobuf.ByteString;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.v1.Resource;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A task. One with a command is its own executor, and the container is its own; one with an
 * executor runs in that one's container.
 *
 * @param directory the sandbox of the container, an absolute path
 * @param statuses the newest status per distinct consecutive state, without data
 * @param seen the uuids of its newest updates, when an executor sends them: it sends again what it
 *     has not seen acknowledged
 * @param infoWeight the {@link Weight} of its info, which is long to find out
 */
public record Task(
    TaskKey key,
    TaskInfo info,
    ContainerId container,
    String directory,
    Progress progress,
    List<TaskStatus> statuses,
    List<ByteString> seen,
    long infoWeight) {

  /** What a task takes in tables, and a word of the agent about its end. */
  public static final long PLACE = 4096;

  private static final long SEEN = 64;

  public Task {
    statuses = List.copyOf(statuses);
    seen = List.copyOf(seen);
  }

  /** One that is weighed now. */
  public Task(
      TaskKey key,
      TaskInfo info,
      ContainerId container,
      String directory,
      Progress progress,
      List<TaskStatus> statuses,
      List<ByteString> seen) {
    this(key, info, container, directory, progress, statuses, seen, Weight.of(info));
  }

  /** One of which nothing was heard yet. */
  public static Task admitted(
      TaskKey key, TaskInfo info, ContainerId container, String directory, Progress progress) {
    return new Task(key, info, container, directory, progress, List.of(), List.of());
  }

  /** The custom executor it runs in; empty for a command task. */
  public Optional<ExecutorKey> executor() {
    return info.hasExecutor()
        ? Optional.of(
            new ExecutorKey(key.framework(), ExecutorId.of(info.getExecutor().getExecutorId())))
        : Optional.empty();
  }

  /** The id of its executor as frameworks know it: a command task's is that of the task. */
  public ExecutorId executorId() {
    return executor()
        .map(ExecutorKey::executor)
        .orElseGet(() -> new ExecutorId(key.task().value()));
  }

  /** How long it may run, when it says so. */
  public Optional<Duration> timeLimit() {
    return info.hasMaxCompletionTime()
        ? Optional.of(Duration.ofNanos(Math.max(0, info.getMaxCompletionTime().getNanoseconds())))
        : Optional.empty();
  }

  /** Whether it runs in the container of this executor. */
  public boolean isOf(Executor executor) {
    return container.equals(executor.container());
  }

  /** The newest state; TASK_STAGING before the first update. */
  public TaskState state() {
    return latestStatus().map(TaskStatus::getState).orElse(TaskState.TASK_STAGING);
  }

  /** The newest status; empty before the first update. */
  public Optional<TaskStatus> latestStatus() {
    return statuses.isEmpty() ? Optional.empty() : Optional.of(statuses.getLast());
  }

  /** The same task, one step further. */
  public Task with(Progress next) {
    return new Task(key, info, container, directory, next, statuses, seen, infoWeight);
  }

  /** How much memory it takes. */
  public long weight() {
    return PLACE + infoWeight + SEEN * seen.size() + StatusHistory.weight(statuses);
  }

  /** What is shown of it once it is over: without the data that was for its executor alone. */
  public Task remembered() {
    var shown = info.toBuilder().clearData();
    if (info.getExecutor().hasData()) {
      shown.getExecutorBuilder().clearData();
    }
    return new Task(key, shown.build(), container, directory, progress, statuses, seen);
  }

  /** The same task with these statuses and uuids. */
  public Task remembering(List<TaskStatus> history, List<ByteString> uuids) {
    return new Task(key, info, container, directory, progress, history, uuids, infoWeight);
  }

  /** The role its resources are allocated to; {@code *} when none says. */
  public String role() {
    return role(info.getResourcesList());
  }

  static String role(List<Resource> resources) {
    for (var resource : resources) {
      if (resource.getAllocationInfo().hasRole()) {
        return resource.getAllocationInfo().getRole();
      }
    }
    return "*";
  }
}
