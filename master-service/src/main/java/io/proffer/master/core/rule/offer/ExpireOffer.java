package io.proffer.master.core.rule.offer;

import io.proffer.master.core.state.Due;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.EndOffers;

/** Nobody answered the offer in time: it is taken back. */
public final class ExpireOffer {
  private ExpireOffer() {}

  public static void decide(Due.OfferTimeout due, Turn turn) {
    EndOffers.rescind(due.offer(), turn);
  }
}
