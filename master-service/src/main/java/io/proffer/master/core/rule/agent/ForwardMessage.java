package io.proffer.master.core.rule.agent;

import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.Statuses;

/** Data of an executor: best effort to its scheduler. */
public final class ForwardMessage {
  private ForwardMessage() {}

  public static void decide(AgentCommand.Message message, Turn turn) {
    if (turn.state().agents().find(message.agent(), message.session()).isEmpty()) {
      return;
    }
    Statuses.stream(message.framework(), turn)
        .ifPresent(
            streamId ->
                turn.send(
                    new ToFramework.Message(
                        streamId, message.agent(), message.executor(), message.data())));
  }
}
