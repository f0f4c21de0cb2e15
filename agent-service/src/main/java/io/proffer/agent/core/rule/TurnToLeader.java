package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.LeaderCommand;
import io.proffer.agent.core.event.LinkEvent;
import io.proffer.agent.core.state.Due;
import io.proffer.agent.core.state.Turn;

/** There is a new leader: what waits to try again need not wait as long as for one that failed. */
public final class TurnToLeader {
  private TurnToLeader() {}

  /** All agents see it at once, so each waits a random time, as for a first attempt. */
  public static void decide(LeaderCommand.Sighted sighted, Turn turn) {
    var state = turn.state();
    var planned = state.deadlines().at(new Due.Attempt());
    var soon = turn.after(turn.within(state.times().registrationBackoff()));
    // None is planned while an attempt is under way, or when the agent stops.
    if (planned.isPresent()) {
      turn.emit(new LinkEvent.Sighted(sighted.address(), Math.min(soon, planned.getAsLong())));
    }
  }
}
