package io.proffer.master.core.rule.agent;

import io.proffer.master.core.state.MustStopException;
import io.proffer.master.core.state.Turn;

/**
 * The time is over in which the agents of the registry should have come back. When too many have
 * not, the fault is rather here, or in the network, than theirs: better no master than one that
 * gives them all up.
 */
public final class CheckRecovery {
  private CheckRecovery() {}

  /**
   * Looks how many are away still.
   *
   * @throws MustStopException when they are more than may be
   */
  public static void decide(int recovered, Turn turn) {
    var away = turn.state().agents().recoveredCount();
    var limit = turn.settings().losses().recoveryLimit();
    if (recovered > 0 && away > limit * recovered) {
      throw MustStopException.tooManyAway(away, recovered, limit);
    }
  }
}
