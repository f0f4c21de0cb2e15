package io.proffer.master.core.rule.agent;

import io.proffer.api.id.AgentId;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.state.Due;
import io.proffer.master.core.state.Durations;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.ClearAgent;

/**
 * An agent did not come back in time: after its session ended, or after this master began. Of the
 * tasks of the latter nothing is known here.
 */
public final class ExpireAgent {
  private ExpireAgent() {}

  /** Its time is over: it waits for its turn where only so many may be given up. */
  public static void decide(Due.ReregisterTimeout due, Turn turn) {
    if (turn.settings().losses().interval().isPresent()) {
      turn.queueRemoval(due.agent());
    } else {
      expire(due.agent(), turn);
    }
  }

  /** It is its turn. */
  public static void decide(Due.Removal due, Turn turn) {
    expire(due.agent(), turn);
  }

  private static void expire(AgentId id, Turn turn) {
    var agent = turn.state().agents().find(id);
    if (agent.isPresent()) {
      var limit = Durations.text(turn.settings().agentReregisterTimeout());
      ClearAgent.markUnreachable(
          agent.get(), "agent did not reregister within " + limit + " after disconnecting", turn);
    } else if (turn.state().agents().recovered(id).isPresent()) {
      turn.emit(new AgentEvent.MarkedUnreachable(id, turn.moment().wall()));
      ClearAgent.tellFailure(id, turn);
    }
  }
}
