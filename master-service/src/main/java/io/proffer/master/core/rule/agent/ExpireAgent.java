package io.proffer.master.core.rule.agent;

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

  public static void decide(Due.ReregisterTimeout due, Turn turn) {
    var agent = turn.state().agents().find(due.agent());
    if (agent.isPresent()) {
      var limit = Durations.text(turn.settings().agentReregisterTimeout());
      ClearAgent.markUnreachable(
          agent.get(), "agent did not reregister within " + limit + " after disconnecting", turn);
    } else if (turn.state().agents().recovered(due.agent()).isPresent()) {
      turn.emit(new AgentEvent.MarkedUnreachable(due.agent(), turn.moment().wall()));
      ClearAgent.tellFailure(due.agent(), turn);
    }
  }
}
