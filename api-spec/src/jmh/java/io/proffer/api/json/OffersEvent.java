package io.proffer.api.json;

import io.proffer.api.v1.Offer;
import io.proffer.api.v1.Resource;
import io.proffer.api.v1.Value;
import io.proffer.api.v1.scheduler.Event;

/** An OFFERS event of the usual kind: agents with cpus, mem, disk and ports. */
final class OffersEvent {
  private static final String CLUSTER = "d683ac5c-bb5e-40f5-8f14-2517063fde0b";

  private OffersEvent() {}

  static Event of(int offers) {
    Event.Builder event = Event.newBuilder().setType(Event.Type.OFFERS);
    for (int i = 0; i < offers; i++) {
      event.getOffersBuilder().addOffers(offer(i));
    }
    return event.build();
  }

  private static Offer offer(int number) {
    Offer.Builder offer = Offer.newBuilder();
    offer.getIdBuilder().setValue(CLUSTER + "-O" + number);
    offer.getFrameworkIdBuilder().setValue(CLUSTER + "-0001");
    offer.getAgentIdBuilder().setValue(CLUSTER + "-S" + number);
    offer.setHostname("agent-" + number + ".example.org");
    offer.getUrlBuilder().setScheme("http").setPath("/slave(1)");
    offer
        .getUrlBuilder()
        .getAddressBuilder()
        .setHostname("agent-" + number + ".example.org")
        .setIp("10.0.0." + number)
        .setPort(5051);
    offer.addResources(
        resource("ports", Value.Type.RANGES)
            .setRanges(
                Value.Ranges.newBuilder()
                    .addRange(Value.Range.newBuilder().setBegin(31000).setEnd(32000 + number))));
    offer.addResources(scalar("cpus", 0.1 + number % 16));
    offer.addResources(scalar("mem", 1024 + number));
    offer.addResources(scalar("disk", 8192));
    offer.getAllocationInfoBuilder().setRole("web");
    return offer.build();
  }

  private static Resource.Builder scalar(String name, double value) {
    return resource(name, Value.Type.SCALAR).setScalar(Value.Scalar.newBuilder().setValue(value));
  }

  private static Resource.Builder resource(String name, Value.Type type) {
    Resource.Builder resource = Resource.newBuilder().setName(name).setType(type);
    resource.getAllocationInfoBuilder().setRole("web");
    return resource;
  }
}
