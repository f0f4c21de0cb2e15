package io.proffer.master.core.rule.offer;

import io.proffer.master.core.command.Caller;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.Gatekeeper;

/**
 * ACCEPT_INVERSE_OFFERS and DECLINE_INVERSE_OFFERS: none are made without maintenance, so that
 * every id is an unknown one, which is ignored.
 */
public final class AnswerInverseOffers {
  private AnswerInverseOffers() {}

  public static void decide(Caller caller, Turn turn) {
    Gatekeeper.accept(caller, turn);
  }
}
