package io.proffer.master.core.rule.agent;

import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.fact.Orders;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.EndOffers;

/**
 * DEACTIVATE_AGENT: nothing of the agent is offered any more, and its tasks go on. It may be away.
 */
public final class DeactivateAgent {
  private DeactivateAgent() {}

  public static void decide(OperatorCommand.Deactivate deactivate, Turn turn) {
    var id = deactivate.agent();
    var agents = turn.state().agents();
    if (!agents.isKnown(id)) {
      turn.reject(deactivate.replyTo(), Rejection.invalid("Unknown agent"));
      return;
    }
    if (!agents.orders(id).deactivated()) {
      EndOffers.rescindOn(id, turn);
      turn.emit(new AgentEvent.OrdersChanged(id, Orders.DEACTIVATED));
    }
    turn.send(new Reply.Done(deactivate.replyTo()));
  }
}
