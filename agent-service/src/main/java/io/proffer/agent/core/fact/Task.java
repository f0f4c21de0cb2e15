package io.proffer.agent.core.fact;

import com.google.protobuf.ByteString;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.v1.Resource;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import java.util.ArrayList;
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
 */
public record Task(
    TaskKey key,
    TaskInfo info,
    ContainerId container,
    String directory,
    Progress progress,
    List<TaskStatus> statuses,
    List<ByteString> seen) {

  private static final int LONGEST_MESSAGE = 16 * 1024;

  public Task {
    statuses = List.copyOf(statuses);
    seen = List.copyOf(seen);
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

  /** Whether it runs in the container of this executor. */
  public boolean isOf(Executor executor) {
    return container.equals(executor.container());
  }

  /** The newest state; TASK_STAGING before the first update. */
  public TaskState state() {
    return statuses.isEmpty() ? TaskState.TASK_STAGING : statuses.getLast().getState();
  }

  /** The same task, one step further. */
  public Task with(Progress next) {
    return new Task(key, info, container, directory, next, statuses, seen);
  }

  /**
   * The same task with one more status.
   *
   * @param most how many are kept; the oldest go
   */
  public Task with(TaskStatus status, int most) {
    var all = new ArrayList<>(statuses);
    if (!all.isEmpty() && all.getLast().getState() == status.getState()) {
      all.removeLast();
    }
    all.add(shortened(status));
    if (all.size() > most) {
      all.removeFirst();
    }
    return new Task(key, info, container, directory, progress, all, seen);
  }

  /** The same task with these statuses and uuids. */
  public Task remembering(List<TaskStatus> history, List<ByteString> uuids) {
    return new Task(key, info, container, directory, progress, history, uuids);
  }

  /** What is shown of a status long after it was told: no data, and no novel. */
  private static TaskStatus shortened(TaskStatus status) {
    var words = status.toBuilder().clearData();
    if (status.getMessage().length() > LONGEST_MESSAGE) {
      words.setMessage(status.getMessage().substring(0, LONGEST_MESSAGE) + "...");
    }
    return words.build();
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
