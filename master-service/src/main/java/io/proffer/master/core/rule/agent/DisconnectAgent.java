package io.proffer.master.core.rule.agent;

import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.EndOffers;

/**
 * A session ended: the agent gets no offers until it comes back.
 *
 * <p>Its tasks stay on the books, also those of frameworks that do not checkpoint: here the
 * built-in executors survive the end of an agent whatever their framework asked for.
 */
public final class DisconnectAgent {
  private DisconnectAgent() {}

  public static void decide(AgentCommand.SessionEnded ended, Turn turn) {
    turn.state()
        .agents()
        .findBySession(ended.session())
        .ifPresent(
            agent -> {
              EndOffers.rescindOn(agent.id(), turn);
              turn.emit(new AgentEvent.Disconnected(agent.id(), turn.moment().wall()));
            });
  }
}
