package io.proffer.master.core.state;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;

/** A task's name in the whole cluster; sorts by framework. */
public record TaskKey(FrameworkId framework, TaskId task) implements Comparable<TaskKey> {
  @Override
  public int compareTo(TaskKey other) {
    int order = framework.compareTo(other.framework);
    return order != 0 ? order : task.compareTo(other.task);
  }
}
