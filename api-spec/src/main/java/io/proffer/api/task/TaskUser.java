package io.proffer.api.task;

import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.ExecutorInfo;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.TaskInfo;
import java.util.Optional;

/**
 * As which user something runs: rules are about it (lifecycle, section 11). An empty name counts as
 * none; when nobody names one, it is empty, and the agent's own.
 */
public final class TaskUser {
  private TaskUser() {}

  /** Of a task: its command's, its executor's, or its framework's. */
  public static String of(TaskInfo task, FrameworkInfo framework) {
    return named(task).orElseGet(framework::getUser);
  }

  /** Of an executor: its command's, or its framework's. */
  public static String of(ExecutorInfo executor, FrameworkInfo framework) {
    return named(executor.getCommand()).orElseGet(framework::getUser);
  }

  /** The one named for a task itself: its command's, or its executor's. */
  public static Optional<String> named(TaskInfo task) {
    return named(task.getCommand()).or(() -> named(task.getExecutor().getCommand()));
  }

  private static Optional<String> named(CommandInfo command) {
    return Optional.of(command.getUser()).filter(user -> !user.isEmpty());
  }
}
