package io.proffer.master.core.rule.offer;

import io.proffer.master.core.state.Due;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.EndInverseOffers;

/** Nobody answered the inverse offer in time: it is taken back. */
public final class ExpireInverseOffer {
  private ExpireInverseOffer() {}

  public static void decide(Due.InverseOfferTimeout due, Turn turn) {
    EndInverseOffers.rescind(due.offer(), turn);
  }
}
