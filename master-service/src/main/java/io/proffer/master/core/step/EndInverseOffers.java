package io.proffer.master.core.step;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.OfferId;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.InverseOfferEvent;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.state.Turn;

/** The ways an inverse offer ends without an answer. */
public final class EndInverseOffers {
  private EndInverseOffers() {}

  /** All of an agent are taken back, and their frameworks told. */
  static void rescindOn(AgentId agent, Turn turn) {
    turn.state().inverseOffers().on(agent).forEach(id -> rescind(id, turn));
  }

  /** It is taken back, and its framework told. */
  public static void rescind(OfferId id, Turn turn) {
    var framework = turn.state().inverseOffers().find(id).orElseThrow().framework();
    turn.emit(new InverseOfferEvent.Ended(id, OfferEvent.End.RESCINDED));
    Statuses.stream(framework, turn)
        .ifPresent(stream -> turn.send(new ToFramework.RescindInverse(stream, id)));
  }

  /** All of a framework end, and nobody is told. */
  static void dropOf(FrameworkId framework, Turn turn) {
    for (var id : turn.state().inverseOffers().of(framework)) {
      turn.emit(new InverseOfferEvent.Ended(id, OfferEvent.End.DROPPED));
    }
  }
}
