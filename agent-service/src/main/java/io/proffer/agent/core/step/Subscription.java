package io.proffer.agent.core.step;

import io.proffer.agent.core.fact.Executor;
import io.proffer.agent.core.fact.ExecutorKey;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.fact.UntoldEnd;
import io.proffer.agent.core.fact.UpdateStream;
import io.proffer.agent.core.state.AgentState;
import io.proffer.api.id.AgentId;
import io.proffer.api.internal.FromAgent;
import io.proffer.api.internal.Subscribe;
import io.proffer.api.task.TaskMessage;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.AgentInfo.Capability;

/** What an agent says when it opens a session (docs/agent-protocol.md). */
public final class Subscription {
  /** Of the wire between master and agent. */
  public static final int FORMAT_VERSION = 1;

  private Subscription() {}

  /** The agent as it is now. */
  public static Subscribe of(AgentState state, String session) {
    var facts = state.facts();
    var info = AgentInfo.newBuilder(facts.info());
    state.agent().map(AgentId::message).ifPresent(info::setId);
    var subscribe =
        Subscribe.newBuilder()
            .setFormatVersion(FORMAT_VERSION)
            .setSession(session)
            .setAgentInfo(info)
            .setIp(facts.ip())
            .setVersion(facts.version());
    if (state.epoch() > 0) {
      subscribe.setLastEpoch(state.epoch());
    }
    if (state.attempt().run() > 0) {
      subscribe.setRun(state.attempt().run()).setAttempt(state.attempt().number());
    }
    for (var type : Capability.Type.values()) {
      if (type != Capability.Type.UNKNOWN) {
        subscribe.addCapabilities(Capability.newBuilder().setType(type));
      }
    }
    for (var task : state.tasks().all()) {
      subscribe.addTasks(report(state, task));
    }
    for (var executor : state.executors().all()) {
      subscribe.addExecutors(report(executor));
    }
    for (var key : state.untoldEnds().keys()) {
      subscribe.addExecutorEnds(end(key, state.untoldEnds().get(key)));
    }
    for (var framework : state.frameworks().all()) {
      subscribe.addFrameworks(framework.info());
    }
    return subscribe.build();
  }

  private static Subscribe.ExecutorReport report(Executor executor) {
    return Subscribe.ExecutorReport.newBuilder()
        .setFrameworkId(executor.key().framework().message())
        .setExecutorInfo(executor.info())
        .build();
  }

  private static FromAgent.ExecutorExited end(ExecutorKey key, UntoldEnd end) {
    return FromAgent.ExecutorExited.newBuilder()
        .setFrameworkId(key.framework().message())
        .setExecutorId(key.executor().message())
        .setStatus(end.status())
        .build();
  }

  /** As operators see it, except that while updates wait the one on its way is told of. */
  private static io.proffer.api.v1.Task report(AgentState state, Task task) {
    var report =
        TaskMessage.describe(task.info(), task.key().framework())
            .setState(task.state())
            .addAllResources(task.info().getResourcesList())
            .addAllStatuses(task.statuses());
    state
        .streams()
        .find(task.key())
        .map(UpdateStream::head)
        .or(task::latestStatus)
        .ifPresent(
            status -> {
              report.setStatusUpdateState(status.getState());
              if (status.hasUuid()) {
                report.setStatusUpdateUuid(status.getUuid());
              }
            });
    return report.build();
  }
}
