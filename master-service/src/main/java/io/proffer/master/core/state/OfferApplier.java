package io.proffer.master.core.state;

import io.proffer.kernel.Moment;
import io.proffer.master.core.event.OfferEvent;

/** What offer events change. */
final class OfferApplier {
  private OfferApplier() {}

  static void apply(OfferEvent event, MasterState state, Moment moment) {
    switch (event) {
      case OfferEvent.Made(var offer) -> {
        state.offers().put(offer);
        state.agents().offer(offer.agent(), offer.resources());
        state.frameworks().offer(offer.framework(), offer.resources());
        state
            .settings()
            .offerTimeout()
            .ifPresent(
                timeout ->
                    state
                        .deadlines()
                        .schedule(
                            new Due.OfferTimeout(offer.id()),
                            Durations.after(moment.monotonicNanos(), timeout.toNanos())));
      }
      case OfferEvent.Ended(var id, _) -> {
        var offer = state.offers().find(id).orElseThrow();
        state.offers().remove(offer);
        state.agents().unoffer(offer.agent(), offer.resources());
        state.frameworks().unoffer(offer.framework(), offer.resources());
        state.deadlines().cancel(new Due.OfferTimeout(id));
      }
      // The allocator's alone: the rows count what is used and offered, and that ended before.
      case OfferEvent.Returned _ -> {}
    }
  }
}
