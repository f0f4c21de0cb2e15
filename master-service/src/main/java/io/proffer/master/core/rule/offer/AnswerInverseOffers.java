package io.proffer.master.core.rule.offer;

import io.proffer.api.id.OfferId;
import io.proffer.api.v1.Filters;
import io.proffer.master.core.command.Caller;
import io.proffer.master.core.event.InverseOfferEvent;
import io.proffer.master.core.fact.InverseAnswer;
import io.proffer.master.core.fact.InverseOffer;
import io.proffer.master.core.state.Durations;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.EndOffers;
import io.proffer.master.core.step.Gatekeeper;
import java.util.List;
import java.util.OptionalLong;

/**
 * ACCEPT_INVERSE_OFFERS and DECLINE_INVERSE_OFFERS: what a framework says to planned maintenance.
 * Operators see it; tasks and machines stay as they are, and for a while it is not asked again.
 *
 * <p>Those of others are left alone like unknown ones: here ids can be guessed.
 */
public final class AnswerInverseOffers {
  private AnswerInverseOffers() {}

  public static void decide(
      Caller caller, List<OfferId> ids, boolean accepted, Filters filters, Turn turn) {
    Gatekeeper.accept(caller, turn)
        .ifPresent(
            framework -> {
              for (var id : ids) {
                turn.state()
                    .inverseOffers()
                    .find(id)
                    .filter(offer -> offer.framework().equals(framework.id()))
                    .ifPresent(offer -> answer(offer, accepted, EndOffers.refusal(filters), turn));
              }
            });
  }

  private static void answer(
      InverseOffer offer, boolean accepted, long refusedForNanos, Turn turn) {
    long now = turn.moment().monotonicNanos();
    var until =
        refusedForNanos > 0
            ? OptionalLong.of(Durations.after(now, refusedForNanos))
            : OptionalLong.empty();
    var answer =
        new InverseAnswer(offer.agent(), offer.framework(), accepted, turn.moment().wall(), until);
    turn.emit(new InverseOfferEvent.Answered(offer.id(), answer));
  }
}
