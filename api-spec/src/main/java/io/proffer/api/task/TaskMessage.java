package io.proffer.api.task;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.Task;
import io.proffer.api.v1.TaskInfo;

/** The message {@link Task}, which is what is told of a task once it is launched. */
public final class TaskMessage {
  private TaskMessage() {}

  /** All that its description says of it; what became of it, the caller adds. */
  public static Task.Builder describe(TaskInfo info, FrameworkId framework) {
    var words =
        Task.newBuilder()
            .setName(info.getName())
            .setTaskId(info.getTaskId())
            .setFrameworkId(framework.message())
            .setAgentId(info.getAgentId())
            .putAllLimits(info.getLimitsMap());
    if (info.hasExecutor()) {
      words.setExecutorId(info.getExecutor().getExecutorId());
    }
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
    TaskUser.named(info).ifPresent(words::setUser);
    return words;
  }
}
