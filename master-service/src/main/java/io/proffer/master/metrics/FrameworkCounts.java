package io.proffer.master.metrics;

import io.proffer.api.metrics.Tallies;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.api.v1.scheduler.Event;
import io.proffer.master.core.effect.ToFramework;

/** What was counted of one framework, or of all that have no row of their own. */
final class FrameworkCounts {
  /** What became of offers. */
  enum Offers {
    SENT,
    ACCEPTED,
    DECLINED,
    RESCINDED
  }

  private final String id;
  private final String name;
  final Tallies<Call.Type> calls = new Tallies<>(Call.Type.class);
  final Tallies<Event.Type> events = new Tallies<>(Event.Type.class);
  final Tallies<Offer.Operation.Type> operations = new Tallies<>(Offer.Operation.Type.class);
  final Tallies<Offers> offers = new Tallies<>(Offers.class);
  final Tallies<TaskState> ends = new Tallies<>(TaskState.class);

  FrameworkCounts(String id, String name) {
    this.id = id;
    this.name = name;
  }

  String id() {
    return id;
  }

  String name() {
    return name;
  }

  /** Something was sent to it. */
  void told(ToFramework told) {
    switch (told) {
      case ToFramework.Subscribed subscribed -> events.increment(Event.Type.SUBSCRIBED);
      case ToFramework.Offers sent -> events.increment(Event.Type.OFFERS);
      case ToFramework.Rescind rescind -> {
        events.increment(Event.Type.RESCIND);
        offers.increment(Offers.RESCINDED);
      }
      case ToFramework.InverseOffers sent -> events.increment(Event.Type.INVERSE_OFFERS);
      case ToFramework.RescindInverse rescind -> events.increment(Event.Type.RESCIND_INVERSE_OFFER);
      case ToFramework.Update update -> events.increment(Event.Type.UPDATE);
      case ToFramework.OperationUpdate update ->
          events.increment(Event.Type.UPDATE_OPERATION_STATUS);
      case ToFramework.Message message -> events.increment(Event.Type.MESSAGE);
      case ToFramework.AgentFailed failed -> events.increment(Event.Type.FAILURE);
      case ToFramework.ExecutorFailed failed -> events.increment(Event.Type.FAILURE);
      case ToFramework.Failed failed -> events.increment(Event.Type.ERROR);
      // Nothing a framework sees.
      case ToFramework.Close close -> {}
      case ToFramework.PageEnd end -> {}
    }
  }
}
