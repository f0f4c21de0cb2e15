package io.proffer.agent.core.fact;

import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * A command task and its executor, which are one here.
 *
 * @param directory the sandbox, an absolute path
 * @param statuses the newest status per distinct consecutive state, without data
 */
public record Task(
    TaskKey key,
    TaskInfo info,
    ContainerId container,
    String directory,
    Progress progress,
    List<TaskStatus> statuses) {

  public Task {
    statuses = List.copyOf(statuses);
  }

  /** The newest state; TASK_STAGING before the first update. */
  public TaskState state() {
    return statuses.isEmpty() ? TaskState.TASK_STAGING : statuses.getLast().getState();
  }

  /** The same task, one step further. */
  public Task with(Progress next) {
    return new Task(key, info, container, directory, next, statuses);
  }

  /** The same task with one more status. */
  public Task with(TaskStatus status) {
    var all = new ArrayList<>(statuses);
    if (!all.isEmpty() && all.getLast().getState() == status.getState()) {
      all.removeLast();
    }
    all.add(status.toBuilder().clearData().build());
    return new Task(key, info, container, directory, progress, all);
  }

  /** The role its resources are allocated to; {@code *} when none says. */
  public String role() {
    for (var resource : info.getResourcesList()) {
      if (resource.getAllocationInfo().hasRole()) {
        return resource.getAllocationInfo().getRole();
      }
    }
    return "*";
  }
}
