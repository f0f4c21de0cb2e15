package io.proffer.master.stream;

import io.proffer.api.v1.MasterInfo;
import io.proffer.api.v1.scheduler.Event;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.fact.MasterFacts;
import io.proffer.master.words.OfferWords;
import java.time.Duration;

/** Words effects as events of the scheduler API (sections 2.2 and 10). */
public final class EventWords {
  /** How an executor ended that was gone when its agent came back. */
  private static final int UNKNOWN_STATUS = -1;

  private final MasterInfo master;
  private final String scheme;

  /** The words of this master. */
  public EventWords(MasterFacts facts) {
    this.master = facts.info();
    this.scheme = facts.scheme();
  }

  Event subscribed(ToFramework.Subscribed effect, Duration heartbeat) {
    return Event.newBuilder()
        .setType(Event.Type.SUBSCRIBED)
        .setSubscribed(
            Event.Subscribed.newBuilder()
                .setFrameworkId(effect.framework().message())
                .setHeartbeatIntervalSeconds(heartbeat.toMillis() / 1000.0)
                .setMasterInfo(master))
        .build();
  }

  Event offers(ToFramework.Offers effect) {
    var offers = Event.Offers.newBuilder();
    for (var offered : effect.offers()) {
      offers.addOffers(
          OfferWords.of(
              offered.offer(),
              offered.agent(),
              offered.executors(),
              offered.unavailability(),
              effect.capabilities(),
              scheme));
    }
    return Event.newBuilder().setType(Event.Type.OFFERS).setOffers(offers).build();
  }

  Event rescind(ToFramework.Rescind effect) {
    return Event.newBuilder()
        .setType(Event.Type.RESCIND)
        .setRescind(Event.Rescind.newBuilder().setOfferId(effect.offer().message()))
        .build();
  }

  Event inverseOffers(ToFramework.InverseOffers effect) {
    var offers = Event.InverseOffers.newBuilder();
    for (var offered : effect.offers()) {
      offers.addInverseOffers(OfferWords.inverse(offered.offer(), offered.agent(), scheme));
    }
    return Event.newBuilder().setType(Event.Type.INVERSE_OFFERS).setInverseOffers(offers).build();
  }

  Event rescindInverse(ToFramework.RescindInverse effect) {
    return Event.newBuilder()
        .setType(Event.Type.RESCIND_INVERSE_OFFER)
        .setRescindInverseOffer(
            Event.RescindInverseOffer.newBuilder().setInverseOfferId(effect.offer().message()))
        .build();
  }

  Event update(ToFramework.Update effect) {
    return Event.newBuilder()
        .setType(Event.Type.UPDATE)
        .setUpdate(Event.Update.newBuilder().setStatus(effect.status()))
        .build();
  }

  Event operation(ToFramework.OperationUpdate effect) {
    return Event.newBuilder()
        .setType(Event.Type.UPDATE_OPERATION_STATUS)
        .setUpdateOperationStatus(
            Event.UpdateOperationStatus.newBuilder().setStatus(effect.status()))
        .build();
  }

  Event message(ToFramework.Message effect) {
    return Event.newBuilder()
        .setType(Event.Type.MESSAGE)
        .setMessage(
            Event.Message.newBuilder()
                .setAgentId(effect.agent().message())
                .setExecutorId(effect.executor().message())
                .setData(effect.data()))
        .build();
  }

  Event agentFailed(ToFramework.AgentFailed effect) {
    return Event.newBuilder()
        .setType(Event.Type.FAILURE)
        .setFailure(Event.Failure.newBuilder().setAgentId(effect.agent().message()))
        .build();
  }

  Event executorFailed(ToFramework.ExecutorFailed effect) {
    var failure =
        Event.Failure.newBuilder()
            .setAgentId(effect.agent().message())
            .setExecutorId(effect.executor().message())
            .setStatus(effect.status().orElse(UNKNOWN_STATUS));
    return Event.newBuilder().setType(Event.Type.FAILURE).setFailure(failure).build();
  }

  Event error(ToFramework.Failed effect) {
    return Event.newBuilder()
        .setType(Event.Type.ERROR)
        .setError(Event.Error.newBuilder().setMessage(effect.message()))
        .build();
  }
}
