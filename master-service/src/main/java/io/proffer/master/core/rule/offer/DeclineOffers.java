package io.proffer.master.core.rule.offer;

import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.EndOffers;
import io.proffer.master.core.step.Gatekeeper;
import java.util.OptionalLong;

/**
 * DECLINE: the offers end, and their resources stay away from this framework for a while.
 *
 * <p>Offers of others are left alone like unknown ones: here ids can be guessed.
 */
public final class DeclineOffers {
  private DeclineOffers() {}

  public static void decide(SchedulerCommand.Decline decline, Turn turn) {
    Gatekeeper.accept(decline.caller(), turn)
        .ifPresent(
            framework -> {
              for (var id : decline.offers()) {
                turn.state()
                    .offers()
                    .find(id)
                    .filter(offer -> offer.framework().equals(framework.id()))
                    .ifPresent(
                        offer ->
                            EndOffers.end(
                                offer,
                                OfferEvent.End.DECLINED,
                                OptionalLong.of(EndOffers.refusal(decline.filters())),
                                turn));
              }
            });
  }
}
