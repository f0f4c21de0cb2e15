package io.proffer.agent.masterlink;

import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.effect.ToMaster;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.internal.FromAgent;
import io.proffer.api.internal.ToAgent;
import java.util.Optional;

/** Between records of the wire and what the core knows. */
final class Records {
  private Records() {}

  /** The command a record stands for; empty for a ping and for what a newer master may add. */
  static Optional<MasterCommand> command(ToAgent record) {
    var session = record.getSession();
    return switch (record.getBodyCase()) {
      case REGISTERED -> {
        var r = record.getRegistered();
        yield Optional.of(
            new MasterCommand.Registered(
                session, record.getEpoch(), AgentId.of(r.getAgentId()), r.getMasterInfo()));
      }
      case SHUTDOWN ->
          Optional.of(new MasterCommand.Shutdown(session, record.getShutdown().getMessage()));
      case RUN_TASK -> {
        var r = record.getRunTask();
        yield Optional.of(
            new MasterCommand.RunTask(
                session, r.getFrameworkInfo(), r.getTask(), r.getLaunchExecutor()));
      }
      case KILL_TASK -> {
        var r = record.getKillTask();
        yield Optional.of(
            new MasterCommand.KillTask(
                session,
                FrameworkId.of(r.getFrameworkId()),
                TaskId.of(r.getTaskId()),
                r.hasKillPolicy() ? Optional.of(r.getKillPolicy()) : Optional.empty()));
      }
      case DRAIN -> Optional.of(new MasterCommand.Drain(session, record.getDrain().getConfig()));
      case SHUTDOWN_EXECUTOR -> {
        var r = record.getShutdownExecutor();
        yield Optional.of(
            new MasterCommand.ShutdownExecutor(
                session, FrameworkId.of(r.getFrameworkId()), ExecutorId.of(r.getExecutorId())));
      }
      case SHUTDOWN_FRAMEWORK ->
          Optional.of(
              new MasterCommand.ShutdownFramework(
                  session, FrameworkId.of(record.getShutdownFramework().getFrameworkId())));
      case UPDATE_FRAMEWORK ->
          Optional.of(
              new MasterCommand.UpdateFramework(
                  session, record.getUpdateFramework().getFrameworkInfo()));
      case EXECUTOR_MESSAGE -> {
        var r = record.getExecutorMessage();
        yield Optional.of(
            new MasterCommand.Message(
                session,
                FrameworkId.of(r.getFrameworkId()),
                ExecutorId.of(r.getExecutorId()),
                r.getData()));
      }
      case ACKNOWLEDGE_UPDATE -> {
        var r = record.getAcknowledgeUpdate();
        yield Optional.of(
            new MasterCommand.Acknowledge(
                session,
                FrameworkId.of(r.getFrameworkId()),
                TaskId.of(r.getTaskId()),
                r.getUuid()));
      }
      case RECONCILE_TASKS ->
          Optional.of(
              new MasterCommand.ReconcileTasks(
                  session,
                  record.getReconcileTasks().getTasksList().stream()
                      .map(
                          entry ->
                              new MasterCommand.Missing(
                                  entry.getFrameworkInfo(), TaskId.of(entry.getTaskId())))
                      .toList()));
      case PING, BODY_NOT_SET -> Optional.empty();
    };
  }

  /** The record that carries an update. */
  static FromAgent.Record.Builder update(ToMaster.Update update) {
    var body =
        FromAgent.Update.newBuilder()
            .setFrameworkId(update.framework().message())
            .setStatus(update.status())
            .setLatestState(update.latest());
    if (update.status().hasExecutorId()) {
      body.setExecutorId(update.status().getExecutorId());
    }
    return FromAgent.Record.newBuilder().setUpdate(body);
  }

  /** The record that carries data of an executor. */
  static FromAgent.Record.Builder message(ToMaster.Message message) {
    return FromAgent.Record.newBuilder()
        .setMessage(
            FromAgent.Message.newBuilder()
                .setFrameworkId(message.framework().message())
                .setExecutorId(message.executor().message())
                .setData(message.data()));
  }

  /** The record that tells of an executor's end. */
  static FromAgent.Record.Builder exited(ToMaster.ExecutorExited exited) {
    return FromAgent.Record.newBuilder()
        .setExecutorExited(
            FromAgent.ExecutorExited.newBuilder()
                .setFrameworkId(exited.framework().message())
                .setExecutorId(exited.executor().message())
                .setStatus(exited.status()));
  }

  /** What the core is told when the master has taken in a record: of ends alone it waits for it. */
  static Optional<MasterCommand> heard(FromAgent.Record record, String session) {
    if (!record.hasExecutorExited()) {
      return Optional.empty();
    }
    var exited = record.getExecutorExited();
    return Optional.of(
        new MasterCommand.EndHeard(
            session,
            FrameworkId.of(exited.getFrameworkId()),
            ExecutorId.of(exited.getExecutorId())));
  }

  /** The answer to a ping. */
  static FromAgent.Record.Builder pong() {
    return FromAgent.Record.newBuilder().setPong(FromAgent.Pong.getDefaultInstance());
  }

  /** The last word. */
  static FromAgent.Record.Builder unregister() {
    return FromAgent.Record.newBuilder().setUnregister(FromAgent.Unregister.getDefaultInstance());
  }
}
