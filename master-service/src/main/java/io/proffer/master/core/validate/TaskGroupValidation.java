package io.proffer.master.core.validate;

import io.proffer.api.resource.ResourceValidation;
import io.proffer.api.resource.Resources;
import io.proffer.api.resource.Thousandths;
import io.proffer.api.v1.ContainerInfo;
import io.proffer.api.v1.ExecutorInfo;
import io.proffer.api.v1.HealthCheck;
import io.proffer.api.v1.Resource;
import io.proffer.api.v1.TaskInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a task group may be launched: all or nothing (scheduler-api.md, 5, LAUNCH_GROUP). */
public final class TaskGroupValidation {
  private static final Optional<String> FINE = Optional.empty();
  private static final long LEAST_CPUS = 10;
  private static final long LEAST_MEM = 32_000;

  private TaskGroupValidation() {}

  /** Tasks come completed: see {@link LaunchCompletion}. */
  public static Optional<String> check(
      List<TaskInfo> tasks, ExecutorInfo executor, LaunchContext context) {
    for (var task : tasks) {
      var error = checkTask(task, context);
      if (error.isPresent()) {
        return Optional.of("Task '" + task.getTaskId().getValue() + "' is invalid: " + error.get());
      }
    }
    return checkExecutor(tasks, executor, context)
        .or(() -> checkTogether(tasks, executor))
        .or(() -> checkTotal(tasks, executor, context))
        .or(() -> checkCgroups(tasks));
  }

  private static Optional<String> checkTask(TaskInfo task, LaunchContext context) {
    var error = TaskValidation.checkTask(task, context);
    if (error.isPresent()) {
      return error;
    }
    if (!task.hasExecutor()) {
      return Optional.of("'TaskInfo.executor' must be set");
    }
    if (task.getContainer().getNetworkInfosCount() > 0 && probesNetwork(task)) {
      return Optional.of(
          "HTTP and TCP health checks are not supported for nested containers not joining parent's"
              + " network");
    }
    if (task.hasContainer() && task.getContainer().getType() == ContainerInfo.Type.DOCKER) {
      return Optional.of("Docker ContainerInfo is not supported on the task");
    }
    return task.getLimitsCount() > 0 && task.getContainer().getLinuxInfo().getShareCgroups()
        ? Optional.of(
            "Resource limits may only be set for tasks within a task group when the"
                + " 'share_cgroups' field is set to 'false'.")
        : FINE;
  }

  private static boolean probesNetwork(TaskInfo task) {
    var type = task.getHealthCheck().getType();
    return type == HealthCheck.Type.HTTP || type == HealthCheck.Type.TCP;
  }

  private static Optional<String> checkExecutor(
      List<TaskInfo> tasks, ExecutorInfo executor, LaunchContext context) {
    if (!executor.hasType()) {
      return Optional.of("'ExecutorInfo.type' must be set");
    }
    if (executor.getType() == ExecutorInfo.Type.UNKNOWN) {
      return Optional.of("Unknown executor type");
    }
    return ExecutorValidation.check(executor, context)
        .or(() -> checkSameExecutor(tasks, executor))
        .or(() -> checkLeast(executor))
        .or(() -> ExecutorValidation.checkCgroups(executor));
  }

  private static Optional<String> checkSameExecutor(List<TaskInfo> tasks, ExecutorInfo executor) {
    if (executor.hasContainer() && executor.getContainer().getType() == ContainerInfo.Type.DOCKER) {
      return Optional.of("Docker ContainerInfo is not supported on the executor");
    }
    for (var task : tasks) {
      if (!task.getExecutor().equals(executor)) {
        return Optional.of(
            "The `ExecutorInfo` of task '"
                + task.getTaskId().getValue()
                + "' is different from executor '"
                + executor.getExecutorId().getValue()
                + "'");
      }
    }
    return FINE;
  }

  private static Optional<String> checkLeast(ExecutorInfo executor) {
    var resources = Resources.of(executor.getResourcesList());
    var subject = "Executor '" + executor.getExecutorId().getValue() + "' uses ";
    long cpus = resources.thousandths("cpus");
    if (cpus < LEAST_CPUS) {
      return Optional.of(
          subject + "less CPUs (" + amount(cpus, "") + ") than the minimum required (0.01)");
    }
    long mem = resources.thousandths("mem");
    if (mem < LEAST_MEM) {
      return Optional.of(
          subject + "less memory (" + amount(mem, "MB") + ") than the minimum required (32MB)");
    }
    return resources.thousandths("disk") == 0 ? Optional.of(subject + "no disk") : FINE;
  }

  private static String amount(long thousandths, String unit) {
    return thousandths == 0 ? "None" : Thousandths.text(thousandths) + unit;
  }

  private static Optional<String> checkTogether(List<TaskInfo> tasks, ExecutorInfo executor) {
    List<Resource> own = new ArrayList<>();
    tasks.forEach(task -> own.addAll(task.getResourcesList()));
    var all = ResourceUse.joined(own, executor.getResourcesList());
    return ResourceValidation.checkUse(all)
        .map("Task group and executor use invalid resources: "::concat)
        .or(
            () ->
                ResourceUse.checkUniqueAndUnmixed(
                    all,
                    "Task group and executor use duplicate persistence ID: ",
                    "Task group and executor mix revocable and non-revocable resources: "))
        .or(() -> ResourceUse.checkOverlap("task group", own, executor.getResourcesList()));
  }

  private static Optional<String> checkTotal(
      List<TaskInfo> tasks, ExecutorInfo executor, LaunchContext context) {
    var total = Resources.empty();
    for (var task : tasks) {
      total = total.plus(Resources.of(task.getResourcesList()));
    }
    if (context.runningExecutor().apply(executor.getExecutorId().getValue()).isEmpty()) {
      total = total.plus(Resources.of(executor.getResourcesList()));
    }
    return context.available().contains(total)
        ? FINE
        : Optional.of(
            "Total resources "
                + total
                + " required by task group and its executor are more than available "
                + context.available());
  }

  private static Optional<String> checkCgroups(List<TaskInfo> tasks) {
    var choices =
        tasks.stream().map(task -> task.getContainer().getLinuxInfo().getShareCgroups()).distinct();
    return choices.count() > 1
        ? Optional.of(
            "If set, the value of 'share_cgroups' must be the same for all tasks in each task group"
                + " and under a single executor")
        : FINE;
  }
}
