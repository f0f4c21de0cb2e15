package io.proffer.master.core.step;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.OfferId;
import io.proffer.api.v1.Filters;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.fact.Offer;
import io.proffer.master.core.state.Durations;
import io.proffer.master.core.state.Turn;
import java.util.OptionalLong;

/** The ways an offer ends without an ACCEPT: its resources are free again. */
public final class EndOffers {
  private static final double LONGEST_REFUSAL_SECONDS = 365 * 24 * 3600;
  private static final double USUAL_REFUSAL_SECONDS = 5;

  private EndOffers() {}

  /** All offers of an agent are taken back, inverse ones too, and their frameworks told. */
  public static void rescindOn(AgentId agent, Turn turn) {
    turn.state().offers().on(agent).forEach(id -> rescind(id, turn));
    EndInverseOffers.rescindOn(agent, turn);
  }

  /** The offer is taken back, and its framework told. */
  public static void rescind(OfferId id, Turn turn) {
    var offer = turn.state().offers().find(id).orElseThrow();
    end(offer, OfferEvent.End.RESCINDED, OptionalLong.empty(), turn);
    Statuses.stream(offer.framework(), turn)
        .ifPresent(streamId -> turn.send(new ToFramework.Rescind(streamId, id)));
  }

  /** All offers of a framework end, inverse ones too, and nobody is told. */
  public static void dropOf(FrameworkId framework, Turn turn) {
    for (var id : turn.state().offers().of(framework)) {
      var offer = turn.state().offers().find(id).orElseThrow();
      end(offer, OfferEvent.End.DROPPED, OptionalLong.empty(), turn);
    }
    EndInverseOffers.dropOf(framework, turn);
  }

  /** One offer ends; its framework does not want the resources back for so long. */
  public static void end(Offer offer, OfferEvent.End end, OptionalLong refusedForNanos, Turn turn) {
    turn.emit(new OfferEvent.Ended(offer.id(), end));
    turn.emit(
        new OfferEvent.Returned(
            offer.framework(),
            offer.role(),
            offer.agent(),
            offer.resources(),
            OfferEvent.Cause.UNUSED,
            refusedForNanos));
  }

  /**
   * For how many nanoseconds a framework refuses what it declines: 5 s unless it said otherwise; at
   * most 365 days. Nonsense counts as not said.
   */
  public static long refusal(Filters filters) {
    double seconds =
        filters.hasRefuseSeconds() ? filters.getRefuseSeconds() : USUAL_REFUSAL_SECONDS;
    if (seconds < 0 || Durations.nanos(seconds).isEmpty()) {
      seconds = USUAL_REFUSAL_SECONDS;
    }
    return Durations.nanos(Math.min(seconds, LONGEST_REFUSAL_SECONDS)).getAsLong();
  }
}
