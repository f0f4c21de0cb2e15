package io.proffer.agent.core.step;

import io.proffer.agent.core.event.LinkEvent;
import io.proffer.agent.core.fact.Link;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.update.Updates;
import java.time.Duration;

/**
 * There is no session any more: updates pause, and the next attempt is set.
 *
 * <p>An agent that was registered comes back quickly for a while, because a master that is only
 * restarted should find its agents at once; after that, and for an agent that never had a master,
 * each attempt waits a random time up to a bound that doubles (lifecycle, section 4).
 */
public final class LoseMaster {
  private LoseMaster() {}

  /** Records the loss of {@code session}; {@code why} is a sentence for the log. */
  public static void over(Turn turn, String session, String why) {
    var now = turn.moment().monotonicNanos();
    var slow = isSlow(turn, now);
    var retry = turn.after(turn.within(bound(turn, slow)));
    turn.emit(new LinkEvent.Lost(session, why, slow, now, retry));
    Updates.pause(turn);
  }

  private static boolean isSlow(Turn turn, long now) {
    return switch (turn.state().link()) {
      case Link.Registered ignored -> false;
      case Link.Registering(var session, var attempts, var slow, long since) ->
          turn.state().agent().isEmpty()
              || now - since >= turn.state().times().returnWindow().toNanos();
      case Link.Detecting ignored -> true;
    };
  }

  private static Duration bound(Turn turn, boolean isSlow) {
    var times = turn.state().times();
    var bound = times.registrationBackoff();
    if (isSlow && turn.state().link() instanceof Link.Registering link) {
      for (var i = 0;
          i <= link.slow() && bound.compareTo(times.registrationBackoffMax()) < 0;
          i++) {
        bound = bound.multipliedBy(2);
      }
    }
    return bound.compareTo(times.registrationBackoffMax()) < 0
        ? bound
        : times.registrationBackoffMax();
  }
}
