package io.proffer.master.agentlink;

import io.proffer.api.internal.ToAgent.AcknowledgeUpdate;
import io.proffer.api.internal.ToAgent.ExecutorMessage;
import io.proffer.api.internal.ToAgent.KillTask;
import io.proffer.api.internal.ToAgent.Ping;
import io.proffer.api.internal.ToAgent.ReconcileTasks;
import io.proffer.api.internal.ToAgent.Registered;
import io.proffer.api.internal.ToAgent.RunTask;
import io.proffer.api.internal.ToAgent.Shutdown;
import io.proffer.api.internal.ToAgent.ShutdownExecutor;
import io.proffer.api.internal.ToAgent.ShutdownFramework;
import io.proffer.api.internal.ToAgent.UpdateFramework;
import io.proffer.master.core.effect.ToAgent;

/** Words effects as records of the agent protocol. */
final class AgentWords {
  private AgentWords() {}

  static void ping(io.proffer.api.internal.ToAgent.Builder record) {
    record.setPing(Ping.getDefaultInstance());
  }

  static void registered(
      io.proffer.api.internal.ToAgent.Builder record,
      ToAgent.Registered effect,
      LinkSettings settings) {
    record.setRegistered(
        Registered.newBuilder()
            .setAgentId(effect.agent().message())
            .setMasterInfo(settings.master())
            .setPingTimeoutMs(settings.pingTimeout().toMillis() * settings.maxPingTimeouts()));
  }

  static void shutdown(io.proffer.api.internal.ToAgent.Builder record, ToAgent.Shutdown effect) {
    record.setShutdown(Shutdown.newBuilder().setMessage(effect.message()));
  }

  static void run(io.proffer.api.internal.ToAgent.Builder record, ToAgent.RunTask effect) {
    record.setRunTask(
        RunTask.newBuilder()
            .setFrameworkInfo(effect.framework())
            .setTask(effect.task())
            .setLaunchExecutor(effect.launchExecutor()));
  }

  static void kill(io.proffer.api.internal.ToAgent.Builder record, ToAgent.KillTask effect) {
    var kill =
        KillTask.newBuilder()
            .setFrameworkId(effect.framework().message())
            .setTaskId(effect.task().message());
    effect.policy().ifPresent(kill::setKillPolicy);
    record.setKillTask(kill);
  }

  static void drain(io.proffer.api.internal.ToAgent.Builder record, ToAgent.Drain effect) {
    record.setDrain(io.proffer.api.internal.ToAgent.Drain.newBuilder().setConfig(effect.config()));
  }

  static void shutdownExecutor(
      io.proffer.api.internal.ToAgent.Builder record, ToAgent.ShutdownExecutor effect) {
    record.setShutdownExecutor(
        ShutdownExecutor.newBuilder()
            .setFrameworkId(effect.framework().message())
            .setExecutorId(effect.executor().message()));
  }

  static void shutdownFramework(
      io.proffer.api.internal.ToAgent.Builder record, ToAgent.ShutdownFramework effect) {
    record.setShutdownFramework(
        ShutdownFramework.newBuilder().setFrameworkId(effect.framework().message()));
  }

  static void updateFramework(
      io.proffer.api.internal.ToAgent.Builder record, ToAgent.UpdateFramework effect) {
    record.setUpdateFramework(UpdateFramework.newBuilder().setFrameworkInfo(effect.framework()));
  }

  static void message(io.proffer.api.internal.ToAgent.Builder record, ToAgent.Message effect) {
    record.setExecutorMessage(
        ExecutorMessage.newBuilder()
            .setFrameworkId(effect.framework().message())
            .setExecutorId(effect.executor().message())
            .setData(effect.data()));
  }

  static void acknowledge(
      io.proffer.api.internal.ToAgent.Builder record, ToAgent.Acknowledge effect) {
    record.setAcknowledgeUpdate(
        AcknowledgeUpdate.newBuilder()
            .setFrameworkId(effect.framework().message())
            .setTaskId(effect.task().message())
            .setUuid(effect.uuid()));
  }

  static void reconcile(
      io.proffer.api.internal.ToAgent.Builder record, ToAgent.ReconcileTasks effect) {
    var reconcile = ReconcileTasks.newBuilder();
    for (var missing : effect.tasks()) {
      reconcile.addTasks(
          ReconcileTasks.Entry.newBuilder()
              .setFrameworkInfo(missing.framework())
              .setTaskId(missing.task().message()));
    }
    record.setReconcileTasks(reconcile);
  }
}
