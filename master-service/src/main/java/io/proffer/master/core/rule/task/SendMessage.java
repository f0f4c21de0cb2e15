package io.proffer.master.core.rule.task;

import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.Gatekeeper;

/** MESSAGE: best effort to the executor; dropped when its agent is not connected. */
public final class SendMessage {
  private SendMessage() {}

  public static void decide(SchedulerCommand.Message message, Turn turn) {
    Gatekeeper.accept(message.caller(), turn)
        .flatMap(
            framework ->
                turn.state()
                    .agents()
                    .session(message.agent())
                    .map(
                        session ->
                            new ToAgent.Message(
                                session, framework.id(), message.executor(), message.data())))
        .ifPresent(turn::send);
  }
}
