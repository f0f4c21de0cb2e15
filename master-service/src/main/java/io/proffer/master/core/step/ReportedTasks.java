package io.proffer.master.core.step;

import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.TaskId;
import io.proffer.api.resource.Resources;
import io.proffer.api.resource.Roles;
import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.ExecutorInfo;
import io.proffer.api.v1.Task;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Executor;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.StatusHistory;
import io.proffer.master.core.fact.Task.Forwarded;
import io.proffer.master.core.state.TaskStates;
import java.util.Optional;

/** Tasks as agents report them, in the form of the tables. */
final class ReportedTasks {
  private ReportedTasks() {}

  static io.proffer.master.core.fact.Task row(
      Framework framework, Agent agent, Task reported, Optional<Executor> executor) {
    var resources = Resources.of(reported.getResourcesList());
    var roles = resources.allocationRoles();
    var role =
        roles.isEmpty()
            ? framework.roles().stream().findFirst().orElse(Roles.ANY)
            : roles.getFirst();
    var row =
        new io.proffer.master.core.fact.Task(
            framework.id(),
            TaskId.of(reported.getTaskId()),
            agent.id(),
            reported.hasExecutorId()
                ? Optional.of(ExecutorId.of(reported.getExecutorId()))
                : Optional.empty(),
            role,
            roles.isEmpty() ? resources.withAllocation(role) : resources,
            info(reported, executor).toByteString(),
            state(reported),
            reported.hasStatusUpdateState()
                ? Optional.of(
                    new Forwarded(reported.getStatusUpdateState(), reported.getStatusUpdateUuid()))
                : Optional.empty(),
            StatusHistory.empty());
    for (var status : reported.getStatusesList()) {
      row = row.withStatus(status);
    }
    return row;
  }

  /** Whether the books have it from an agent, and not from who launched it. */
  static boolean isReported(io.proffer.master.core.fact.Task task) {
    var info = task.taskInfo();
    return info.getCommand().equals(user(info.getCommand()))
        && (!info.hasExecutor() || info.getExecutor().equals(user(info.getExecutor())));
  }

  /**
   * An agent that says its task has ended, in an update, while its books still call it running is
   * believed the end: nothing would free the resources of the task once that update is
   * acknowledged.
   */
  static TaskState state(Task reported) {
    var told = reported.getStatusUpdateState();
    return reported.hasStatusUpdateState() && TaskStates.isTerminal(told)
        ? told
        : reported.getState();
  }

  /**
   * What a report still tells of the TaskInfo; the command itself only its agent knows. As whom
   * task and executor run stands where it stood before: rules are about both.
   */
  private static TaskInfo info(Task reported, Optional<Executor> executor) {
    var info =
        TaskInfo.newBuilder()
            .setName(reported.getName())
            .setTaskId(reported.getTaskId())
            .setAgentId(reported.getAgentId())
            .addAllResources(reported.getResourcesList())
            .putAllLimits(reported.getLimitsMap());
    executor.ifPresent(row -> info.setExecutor(user(row.executorInfo())));
    if (reported.hasLabels()) {
      info.setLabels(reported.getLabels());
    }
    if (reported.hasDiscovery()) {
      info.setDiscovery(reported.getDiscovery());
    }
    if (reported.hasContainer()) {
      info.setContainer(reported.getContainer());
    }
    if (reported.hasHealthCheck()) {
      info.setHealthCheck(reported.getHealthCheck());
    }
    if (reported.hasKillPolicy()) {
      info.setKillPolicy(reported.getKillPolicy());
    }
    if (reported.hasUser()) {
      info.setCommand(CommandInfo.newBuilder().setUser(reported.getUser()));
    }
    return info.build();
  }

  /** Of an executor only which it is, and as whom it runs. */
  private static ExecutorInfo user(ExecutorInfo executor) {
    var user = ExecutorInfo.newBuilder().setExecutorId(executor.getExecutorId());
    if (executor.getCommand().hasUser()) {
      user.setCommand(user(executor.getCommand()));
    }
    return user.build();
  }

  /** Of a command only as whom it runs. */
  private static CommandInfo user(CommandInfo command) {
    return command.hasUser()
        ? CommandInfo.newBuilder().setUser(command.getUser()).build()
        : CommandInfo.getDefaultInstance();
  }
}
