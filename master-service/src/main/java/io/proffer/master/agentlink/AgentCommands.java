package io.proffer.master.agentlink;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.internal.FromAgent;
import io.proffer.api.internal.Subscribe;
import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.command.Command;
import io.proffer.master.core.fact.Said;
import java.util.Optional;

/** Turns what agents say into commands. */
final class AgentCommands {
  private AgentCommands() {}

  static Command subscribe(Subscribe message, long ownEpoch) {
    return new AgentCommand.Subscribe(
        message.getSession(),
        message.getAgentInfo(),
        message.getIp(),
        message.getVersion(),
        message.getCapabilitiesList(),
        message.getResourceVersionUuid(),
        message.getTasksList(),
        message.getExecutorsList().stream()
            .map(
                report ->
                    new AgentCommand.ExecutorReport(
                        FrameworkId.of(report.getFrameworkId()), report.getExecutorInfo()))
            .toList(),
        message.getExecutorEndsList().stream()
            .map(
                end ->
                    new AgentCommand.ExecutorEnd(
                        FrameworkId.of(end.getFrameworkId()),
                        ExecutorId.of(end.getExecutorId()),
                        end.getStatus()))
            .toList(),
        message.getFrameworksList(),
        new Said(message.getLastEpoch(), message.getRun(), message.getAttempt()),
        message.getLastEpoch() == ownEpoch);
  }

  /** The command of a record; empty for a sign of life, and for what a newer agent may say. */
  static Optional<Command> of(FromAgent.Record record, AgentId agent, String session) {
    return switch (record.getBodyCase()) {
      case UPDATE -> Optional.of(update(record.getUpdate(), agent, session));
      case MESSAGE ->
          Optional.of(
              new AgentCommand.Message(
                  agent,
                  session,
                  FrameworkId.of(record.getMessage().getFrameworkId()),
                  ExecutorId.of(record.getMessage().getExecutorId()),
                  record.getMessage().getData()));
      case EXECUTOR_EXITED ->
          Optional.of(
              new AgentCommand.ExecutorExited(
                  agent,
                  session,
                  FrameworkId.of(record.getExecutorExited().getFrameworkId()),
                  ExecutorId.of(record.getExecutorExited().getExecutorId()),
                  record.getExecutorExited().getStatus()));
      case UNREGISTER -> Optional.of(new AgentCommand.Unregister(agent, session));
      case PONG, BODY_NOT_SET -> Optional.empty();
    };
  }

  private static Command update(FromAgent.Update update, AgentId agent, String session) {
    return new AgentCommand.Update(
        agent,
        session,
        FrameworkId.of(update.getFrameworkId()),
        update.getStatus(),
        update.getLatestState());
  }
}
