package io.proffer.agent.core.validate;

import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.validate.Refusal.Outcome;
import io.proffer.api.v1.ContainerInfo;
import io.proffer.api.v1.Environment;
import io.proffer.api.v1.NetworkInfo;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskStatus.Reason;
import java.util.Optional;

/** Whether this agent has all that a task asks for. */
public final class Launchable {
  private Launchable() {}

  /** The first thing that is missing. */
  public static Optional<Refusal> check(
      TaskInfo task, boolean launchExecutor, ContainerId container) {
    if (task.hasExecutor() || !task.hasCommand()) {
      return error(
          "This agent runs command tasks only: expected 'command' and no 'executor' in the task");
    }
    if (!launchExecutor) {
      return Optional.of(
          new Refusal(
              Outcome.DROPPED,
              Reason.REASON_EXECUTOR_TERMINATED,
              "No executor is expected to launch and there is none running"));
    }
    for (var limit : task.getLimitsMap().keySet()) {
      return Optional.of(
          new Refusal(
              Outcome.DROPPED,
              Reason.REASON_GC_ERROR,
              "%s limits can only be set on tasks launched in Mesos containers when the agent has loaded the 'cgroups/%s' isolator"
                  .formatted(
                      limit.equals("mem") ? "Memory" : "CPU",
                      limit.equals("mem") ? "mem" : "cpu")));
    }
    if (task.hasHealthCheck() || task.hasCheck()) {
      return error(
          "This agent does no checks yet: leave 'health_check' and 'check' out of the task");
    }
    if (task.hasContainer() && asksForIsolation(task.getContainer())) {
      return Optional.of(
          new Refusal(
              Outcome.FAILED,
              Reason.REASON_EXECUTOR_TERMINATED,
              "Abnormal executor termination: unknown container"));
    }
    return checkCommand(task, container);
  }

  private static Optional<Refusal> checkCommand(TaskInfo task, ContainerId container) {
    var command = task.getCommand();
    if (command.getUrisCount() > 0) {
      return launchFailed(
          "Failed to fetch all URIs for container '%s': this agent has no fetcher yet"
              .formatted(container));
    }
    // An empty one is a command like any other: /bin/sh -c '' ends with 0.
    if (!command.hasValue()) {
      return error("Expected 'command.value': what shall the task run?");
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
