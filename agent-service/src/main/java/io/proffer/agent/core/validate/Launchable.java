package io.proffer.agent.core.validate;

import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.validate.Refusal.Outcome;
import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.ContainerInfo;
import io.proffer.api.v1.Environment;
import io.proffer.api.v1.ExecutorInfo;
import io.proffer.api.v1.NetworkInfo;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskStatus.Reason;
import java.util.Optional;

/** Whether this agent has all that a task asks for. */
public final class Launchable {
  private Launchable() {}

  /** The first thing that a command task asks for and that is missing. */
  public static Optional<Refusal> check(TaskInfo task, ContainerId container) {
    if (!task.hasCommand()) {
      return error("Expected 'command' or 'executor' in the task: what shall run it?");
    }
    if (task.hasHealthCheck() || task.hasCheck()) {
      return error(
          "This agent does no checks yet: leave 'health_check' and 'check' out of the task");
    }
    return checkLimits(task)
        .or(() -> checkContainer(task.hasContainer(), task.getContainer()))
        .or(() -> checkCommand(task.getCommand(), container));
  }

  /** The first thing that an executor asks for and that is missing. */
  public static Optional<Refusal> check(ExecutorInfo executor, ContainerId container) {
    if (executor.getType() == ExecutorInfo.Type.DEFAULT) {
      return error("This agent has no default executor yet: expected an executor with a 'command'");
    }
    if (!executor.hasCommand()) {
      return error("Expected 'executor.command': what is the executor?");
    }
    return checkContainer(executor.hasContainer(), executor.getContainer())
        .or(() -> checkCommand(executor.getCommand(), container));
  }

  /** What no agent without cgroups can hold a task to, whoever runs it. */
  public static Optional<Refusal> checkLimits(TaskInfo task) {
    return task.getLimitsMap().keySet().stream()
        .findFirst()
        .map(
            limit ->
                new Refusal(
                    Outcome.DROPPED,
                    Reason.REASON_GC_ERROR,
                    "%s limits can only be set on tasks launched in Mesos containers when the agent has loaded the 'cgroups/%s' isolator"
                        .formatted(
                            limit.equals("mem") ? "Memory" : "CPU",
                            limit.equals("mem") ? "mem" : "cpu")));
  }

  private static Optional<Refusal> checkContainer(boolean given, ContainerInfo container) {
    return given && asksForIsolation(container)
        ? Optional.of(
            new Refusal(
                Outcome.FAILED,
                Reason.REASON_EXECUTOR_TERMINATED,
                "Abnormal executor termination: unknown container"))
        : Optional.empty();
  }

  private static Optional<Refusal> checkCommand(CommandInfo command, ContainerId container) {
    if (command.getUrisCount() > 0) {
      return launchFailed(
          "Failed to fetch all URIs for container '%s': this agent has no fetcher yet"
              .formatted(container));
    }
    // An empty one is a command like any other: /bin/sh -c '' ends with 0.
    if (!command.hasValue()) {
      return error("Expected 'command.value': what shall be run?");
    }
    for (var variable : command.getEnvironment().getVariablesList()) {
      if (variable.getType() == Environment.Variable.Type.SECRET) {
        return launchFailed(
            "Environment variable '%s' is a secret, and this agent has no secret resolver"
                .formatted(variable.getName()));
      }
    }
    return Optional.empty();
  }

  /** A container that asks for nothing is a plain process. */
  private static boolean asksForIsolation(ContainerInfo container) {
    return container.getType() != ContainerInfo.Type.MESOS
        || container.getMesos().hasImage()
        || container.getVolumesCount() > 0
        || container.getNetworkInfosList().stream().anyMatch(Launchable::isOwnNetwork)
        || container.hasLinuxInfo()
        || container.hasRlimitInfo()
        || container.hasTtyInfo();
  }

  private static Optional<Refusal> error(String message) {
    return Optional.of(new Refusal(Outcome.ERROR, Reason.REASON_TASK_INVALID, message));
  }

  private static Optional<Refusal> launchFailed(String message) {
    return Optional.of(
        new Refusal(
            Outcome.FAILED,
            Reason.REASON_CONTAINER_LAUNCH_FAILED,
            "Failed to launch container: " + message));
  }

  /** Without a name and without mappings it is the host's network. */
  private static boolean isOwnNetwork(NetworkInfo network) {
    return network.hasName() || network.getPortMappingsCount() > 0;
  }
}
