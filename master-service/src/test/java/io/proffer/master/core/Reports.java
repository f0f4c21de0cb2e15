package io.proffer.master.core;

import io.proffer.api.id.TaskId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.Task;
import io.proffer.api.v1.TaskState;
import io.proffer.master.core.command.AgentCommand;

/** What agents report when they come back. */
final class Reports {
  private Reports() {}

  /** A running task of one cpu under role {@code r}. */
  static Task task(Scheduler framework, Host agent, String id) {
    return task(framework, agent, id, TaskState.TASK_RUNNING);
  }

  /** A running executor as it was launched, with these resources under role {@code r}. */
  static AgentCommand.ExecutorReport executor(Scheduler framework, String id, String resources) {
    return new AgentCommand.ExecutorReport(
        framework.id(),
        Infos.executor(id, "cpus:0").toBuilder()
            .setFrameworkId(framework.id().message())
            .clearResources()
            .addAllResources(Resources.parse(resources, "*").withAllocation("r").messages())
            .build());
  }

  static Task task(Scheduler framework, Host agent, String id, TaskState state) {
    return Task.newBuilder()
        .setName(id)
        .setTaskId(new TaskId(id).message())
        .setFrameworkId(framework.id().message())
        .setAgentId(agent.id().message())
        .setState(state)
        .addAllResources(Resources.parse("cpus:1", "*").withAllocation("r").messages())
        .addStatuses(Infos.status(id, state, "uuid-" + state))
        .setStatusUpdateState(state)
        .setStatusUpdateUuid(Infos.status(id, state, "uuid-" + state).getUuid())
        .build();
  }
}
