package io.proffer.master.core.step;

import io.proffer.api.id.AgentId;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Orders;
import io.proffer.master.core.state.Turn;

/**
 * Agents that were to be emptied and have nothing left are drained, or gone if that was asked for.
 *
 * <p>Whatever rule took the last task off the books; that is why it follows every one.
 */
public final class SettleDrains {
  private SettleDrains() {}

  /** Also a task whose end nobody has acknowledged yet is one that is left. */
  public static void decide(Turn turn) {
    if (turn.events().isEmpty()) {
      return;
    }
    for (var id : turn.state().agents().draining()) {
      turn.state()
          .agents()
          .find(id)
          .filter(agent -> isEmpty(id, turn))
          .ifPresent(agent -> settle(agent, turn));
    }
  }

  private static boolean isEmpty(AgentId id, Turn turn) {
    return turn.state().tasks().count(id) == 0 && !turn.state().works().concerns(id);
  }

  private static void settle(Agent agent, Turn turn) {
    var drain = agent.orders().drain().orElseThrow();
    if (drain.config().getMarkGone()) {
      ClearAgent.markGone(agent, turn);
    } else {
      turn.emit(new AgentEvent.OrdersChanged(agent.id(), Orders.draining(drain.completed())));
    }
  }
}
