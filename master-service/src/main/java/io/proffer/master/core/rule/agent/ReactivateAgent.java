package io.proffer.master.core.rule.agent;

import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.fact.Orders;
import io.proffer.master.core.state.Turn;

/** REACTIVATE_AGENT: an agent that was deactivated, or has been drained, is offered again. */
public final class ReactivateAgent {
  private ReactivateAgent() {}

  public static void decide(OperatorCommand.Reactivate reactivate, Turn turn) {
    var id = reactivate.agent();
    var agents = turn.state().agents();
    var orders = agents.orders(id);
    if (!orders.deactivated()) {
      turn.reject(reactivate.replyTo(), Rejection.invalid("Agent is not deactivated"));
    } else if (orders.isDraining()) {
      turn.reject(reactivate.replyTo(), Rejection.invalid("Agent is still in the DRAINING state"));
    } else {
      boolean registered = agents.find(id).isPresent();
      turn.emit(new AgentEvent.OrdersChanged(id, Orders.NONE));
      // One that is away will be offered when it is back; the answer is the reference's.
      turn.send(
          registered
              ? new Reply.Done(reactivate.replyTo())
              : new Reply.Refused(
                  reactivate.replyTo(),
                  Rejection.conflict("Agent removed while processing the call")));
    }
  }
}
