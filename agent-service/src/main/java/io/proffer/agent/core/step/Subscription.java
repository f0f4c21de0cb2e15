package io.proffer.agent.core.step;

import io.proffer.agent.core.fact.ExecutorKey;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.state.AgentState;
import io.proffer.api.id.AgentId;
import io.proffer.api.internal.Subscribe;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.AgentInfo.Capability;
import io.proffer.api.v1.ExecutorInfo;

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
      subscribe.addExecutors(report(executor.key(), executor.info()));
    }
    // The master would take those it does not hear of for ended, and could not say how.
    for (var key : state.untoldEnds().keys()) {
      subscribe.addExecutors(report(key, state.untoldEnds().get(key).info()));
    }
    for (var framework : state.frameworks().all()) {
      subscribe.addFrameworks(framework.info());
    }
    return subscribe.build();
  }

  private static Subscribe.ExecutorReport report(ExecutorKey key, ExecutorInfo info) {
    return Subscribe.ExecutorReport.newBuilder()
        .setFrameworkId(key.framework().message())
        .setExecutorInfo(info)
        .build();
  }

  /** A command task has no executor of its own on the wire. */
  private static io.proffer.api.v1.Task report(AgentState state, Task task) {
    var info = task.info();
    var report =
        io.proffer.api.v1.Task.newBuilder()
            .setName(info.getName())
            .setTaskId(info.getTaskId())
            .setFrameworkId(task.key().framework().message())
            .setAgentId(info.getAgentId())
            .setState(task.state())
            .addAllResources(info.getResourcesList())
            .addAllStatuses(task.statuses())
            .putAllLimits(info.getLimitsMap());
    state
        .streams()
        .find(task.key())
        .ifPresent(
            stream ->
                report
                    .setStatusUpdateState(stream.head().getState())
                    .setStatusUpdateUuid(stream.head().getUuid()));
    task.executor().ifPresent(key -> report.setExecutorId(key.executor().message()));
    if (info.hasLabels()) {
      report.setLabels(info.getLabels());
    }
    if (info.hasDiscovery()) {
      report.setDiscovery(info.getDiscovery());
    }
    if (info.hasContainer()) {
      report.setContainer(info.getContainer());
    }
    if (info.hasKillPolicy()) {
      report.setKillPolicy(info.getKillPolicy());
    }
    if (info.getCommand().hasUser()) {
      report.setUser(info.getCommand().getUser());
    }
    return report.build();
  }
}
