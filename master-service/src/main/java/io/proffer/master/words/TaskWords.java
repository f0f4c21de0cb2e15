package io.proffer.master.words;

import io.proffer.api.v1.TaskInfo;
import io.proffer.master.core.fact.Task;
import java.util.Optional;

/** Tasks as operators see them. */
public final class TaskWords {
  private TaskWords() {}

  /** A task of GET_TASKS (json-shapes, Task). */
  public static io.proffer.api.v1.Task of(Task task) {
    var info = task.taskInfo();
    var words =
        io.proffer.api.v1.Task.newBuilder()
            .setName(info.getName())
            .setTaskId(task.id().message())
            .setFrameworkId(task.framework().message())
            .setAgentId(task.agent().message())
            .setState(task.state())
            .addAllResources(task.resources().messages())
            .addAllStatuses(task.statuses());
    task.executor().ifPresent(executor -> words.setExecutorId(executor.message()));
    task.forwarded()
        .ifPresent(
            forwarded -> {
              words.setStatusUpdateState(forwarded.state());
              if (!forwarded.uuid().isEmpty()) {
                words.setStatusUpdateUuid(forwarded.uuid());
              }
            });
    if (info.hasLabels()) {
      words.setLabels(info.getLabels());
    }
    if (info.hasDiscovery()) {
      words.setDiscovery(info.getDiscovery());
    }
    if (info.hasContainer()) {
      words.setContainer(info.getContainer());
    }
    if (info.hasHealthCheck()) {
      words.setHealthCheck(info.getHealthCheck());
    }
    if (info.hasKillPolicy()) {
      words.setKillPolicy(info.getKillPolicy());
    }
    words.putAllLimits(info.getLimitsMap());
    user(info).ifPresent(words::setUser);
    return words.build();
  }

  /** The user that the framework has named for it; empty when it has not. */
  public static Optional<String> user(TaskInfo info) {
    var command = info.hasExecutor() ? info.getExecutor().getCommand() : info.getCommand();
    return command.hasUser() ? Optional.of(command.getUser()) : Optional.empty();
  }
}
