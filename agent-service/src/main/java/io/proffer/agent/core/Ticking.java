package io.proffer.agent.core;

import io.proffer.agent.core.rule.TakeDue;
import io.proffer.agent.core.state.AgentState;
import java.time.Duration;

/**
 * What a tick does: whatever is due takes its turn, soonest first.
 *
 * <p>Each is a turn of its own, so that one that throws takes nothing else back. It is put off:
 * else the next tick would fail on it again, for ever, and no other deadline would have its turn.
 */
final class Ticking {
  private static final Duration SECOND_TRY = Duration.ofMinutes(1);

  private final AgentState state;
  private final Turns turns;

  Ticking(AgentState state, Turns turns) {
    this.state = state;
    this.turns = turns;
  }

  /** Serves at most so many deadlines; those left make the next tick due at once. */
  void run() {
    var most = state.limits().deadlinesPerTick();
    for (int i = 0; i < most && isDue(); i++) {
      if (!turns.take(turn -> turn.takeDue().ifPresent(due -> TakeDue.decide(due, turn)))) {
        turns.take(turn -> turn.takeDue().ifPresent(due -> turn.putOff(due, SECOND_TRY)));
      }
    }
  }

  private boolean isDue() {
    var next = state.deadlines().next();
    return next.isPresent() && next.getAsLong() <= turns.moment().monotonicNanos();
  }
}
