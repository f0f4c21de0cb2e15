package io.proffer.master.core.validate;

import static io.proffer.master.core.validate.ResourceUse.checkUniqueAndUnmixed;

import io.proffer.api.resource.IdRules;
import io.proffer.api.resource.ResourceListValidation;
import io.proffer.api.resource.ResourceValidation;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.TaskInfo;
import java.util.Optional;

/**
 * Whether a task may be launched, in the order of scheduler-api.md, 5 (c). Tasks come completed:
 * see {@link LaunchCompletion}.
 */
public final class TaskValidation {
  private static final Optional<String> FINE = Optional.empty();

  private TaskValidation() {}

  /** A task of LAUNCH: all nine steps. */
  public static Optional<String> checkLaunch(TaskInfo task, LaunchContext context) {
    return checkTask(task, context).or(() -> checkExecution(task, context));
  }

  /** Steps 1 to 8, which tasks of groups share. */
  static Optional<String> checkTask(TaskInfo task, LaunchContext context) {
    return checkId(task, context)
        .or(() -> checkAgent(task, context))
        .or(() -> checkDurations(task))
        .or(() -> checkChecks(task))
        .or(() -> checkResources(task))
        .or(() -> checkCommand(task))
        .or(() -> checkContainer(task))
        .or(() -> LimitValidation.check(task, context.handlesLimits()));
  }

  private static Optional<String> checkId(TaskInfo task, LaunchContext context) {
    var id = task.getTaskId().getValue();
    var error = IdRules.check(id);
    if (error.isPresent()) {
      return error;
    }
    if (context.isLive().test(id)) {
      return Optional.of("Task has duplicate ID: " + id);
    }
    return context.isUnreachable().test(id)
        ? Optional.of("Task reuses the ID of an unreachable task: " + id)
        : FINE;
  }

  private static Optional<String> checkAgent(TaskInfo task, LaunchContext context) {
    var agent = task.getAgentId().getValue();
    return agent.equals(context.agent().value())
        ? FINE
        : Optional.of(
            "Task uses invalid agent "
                + agent
                + " while agent "
                + context.agent().value()
                + " is expected");
  }

  private static Optional<String> checkDurations(TaskInfo task) {
    if (task.getKillPolicy().getGracePeriod().getNanoseconds() < 0) {
      return Optional.of("Task's 'kill_policy.grace_period' must be non-negative");
    }
    return task.getMaxCompletionTime().getNanoseconds() < 0
        ? Optional.of("Task's `max_completion_time` must be non-negative")
        : FINE;
  }

  private static Optional<String> checkChecks(TaskInfo task) {
    if (task.hasCheck()) {
      var error = CheckValidation.check(task.getCheck());
      if (error.isPresent()) {
        return error.map("Task uses invalid check: "::concat);
      }
    }
    return task.hasHealthCheck()
        ? CheckValidation.check(task.getHealthCheck())
            .map("Task uses invalid health check: "::concat)
        : FINE;
  }

  private static Optional<String> checkResources(TaskInfo task) {
    var resources = task.getResourcesList();
    if (resources.isEmpty()) {
      return Optional.of("Task uses no resources");
    }
    return ResourceValidation.checkUse(resources)
        .map("Task uses invalid resources: "::concat)
        .or(
            () ->
                ResourceListValidation.checkPersistenceIds(resources)
                    .map("Task uses duplicate persistence ID: "::concat))
        .or(
            () ->
                ResourceListValidation.checkOneAllocationRole(resources)
                    .map("Invalid task resources: "::concat))
        .or(
            () ->
                ResourceListValidation.checkRevocableMix(resources)
                    .map("Task mixes revocable and non-revocable resources: "::concat));
  }

  private static Optional<String> checkCommand(TaskInfo task) {
    return task.hasCommand()
        ? CommandValidation.check(task.getCommand())
            .map("Task's `CommandInfo` is invalid: "::concat)
        : FINE;
  }

  private static Optional<String> checkContainer(TaskInfo task) {
    return task.hasContainer()
        ? ContainerValidation.check(task.getContainer())
            .map("Task's `ContainerInfo` is invalid: "::concat)
        : FINE;
  }

  /** Step 9: who runs the task, and whether there is enough for both. */
  private static Optional<String> checkExecution(TaskInfo task, LaunchContext context) {
    if (task.hasExecutor() == task.hasCommand()) {
      return Optional.of(
          "Task should have at least one (but not both) of CommandInfo or ExecutorInfo present");
    }
    var total = Resources.of(task.getResourcesList());
    if (task.hasExecutor()) {
      var error =
          ExecutorValidation.checkCustom(task.getExecutor(), context).or(() -> checkTogether(task));
      if (error.isPresent()) {
        return error;
      }
      var id = task.getExecutor().getExecutorId().getValue();
      if (context.runningExecutor().apply(id).isEmpty()) {
        total = total.plus(Resources.of(task.getExecutor().getResourcesList()));
      }
    }
    if (!context.available().contains(total)) {
      return Optional.of(
          "Total resources "
              + total
              + " required by task and its executor is more than available "
              + context.available());
    }
    var linux = task.getContainer().getLinuxInfo();
    return linux.hasShareCgroups() && !linux.getShareCgroups()
        ? Optional.of("Only tasks in a task group may have 'share_cgroups' set to 'false'")
        : FINE;
  }

  private static Optional<String> checkTogether(TaskInfo task) {
    var own = task.getResourcesList();
    var executors = task.getExecutor().getResourcesList();
    var both = ResourceUse.joined(own, executors);
    return ResourceValidation.checkUse(both)
        .map("Task and its executor use invalid resources: "::concat)
        .or(() -> ResourceUse.checkOverlap("task", own, executors))
        .or(
            () ->
                checkUniqueAndUnmixed(
                    both,
                    "Task and its executor use duplicate persistence ID: ",
                    "Task and its executor mix revocable and non-revocable resources: "));
  }
}
