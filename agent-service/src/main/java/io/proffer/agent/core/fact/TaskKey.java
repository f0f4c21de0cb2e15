package io.proffer.agent.core.fact;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.TaskInfo;

/** A task of a framework: task ids are unique only within their framework. */
public record TaskKey(FrameworkId framework, TaskId task) {
  /** The key of a task that a framework describes. */
  public static TaskKey of(FrameworkId framework, TaskInfo task) {
    return new TaskKey(framework, TaskId.of(task.getTaskId()));
  }

  @Override
  public String toString() {
    return "task " + task + " of framework " + framework;
  }
}
