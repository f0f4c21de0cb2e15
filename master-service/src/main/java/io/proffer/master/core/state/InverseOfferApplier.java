package io.proffer.master.core.state;

import io.proffer.kernel.Moment;
import io.proffer.master.core.event.InverseOfferEvent;

/** What events of inverse offers change. */
final class InverseOfferApplier {
  private InverseOfferApplier() {}

  static void apply(InverseOfferEvent event, MasterState state, Moment moment) {
    var offers = state.inverseOffers();
    switch (event) {
      case InverseOfferEvent.Made(var offer) -> {
        state.offers().useNumber();
        offers.put(offer);
        state
            .settings()
            .offerTimeout()
            .ifPresent(
                timeout ->
                    state
                        .deadlines()
                        .schedule(
                            new Due.InverseOfferTimeout(offer.id()),
                            Durations.after(moment.monotonicNanos(), timeout.toNanos())));
      }
      case InverseOfferEvent.Answered(var id, var answer) -> {
        offers.remove(id);
        offers.answer(answer);
        state.deadlines().cancel(new Due.InverseOfferTimeout(id));
      }
      case InverseOfferEvent.Ended(var id, _) -> {
        offers.remove(id);
        state.deadlines().cancel(new Due.InverseOfferTimeout(id));
      }
      case InverseOfferEvent.AnswersForgotten(var agent) -> offers.forget(agent);
    }
  }
}
