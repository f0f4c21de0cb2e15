package io.proffer.master.core.fact;

import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.ExecutorInfo;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.TaskInfo;

/**
 * As which user something runs: rules are about it (lifecycle, section 11). An empty name counts as
 * none, as it does for the agent; when nobody names one, it is empty, and the agent's own.
 */
public final class TaskUser {
  private TaskUser() {}

  /** Of a task: its command's, its executor's, or its framework's. */
  public static String of(TaskInfo task, FrameworkInfo framework) {
    return task.getCommand().getUser().isEmpty()
        ? of(task.getExecutor(), framework)
        : task.getCommand().getUser();
  }

  /** Of an executor: its command's, or its framework's. */
  public static String of(ExecutorInfo executor, FrameworkInfo framework) {
    return of(executor.getCommand(), framework);
  }

  private static String of(CommandInfo command, FrameworkInfo framework) {
    return command.getUser().isEmpty() ? framework.getUser() : command.getUser();
  }
}
