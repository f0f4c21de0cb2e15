package io.proffer.master.words;

import io.proffer.api.resource.Format;
import io.proffer.api.v1.InverseOffer;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.master.Response;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.FrameworkLink;
import java.util.List;

/** Frameworks as operators see them. */
public final class FrameworkWords {
  private FrameworkWords() {}

  /** A framework of GET_FRAMEWORKS (json-shapes, Framework). */
  public static Response.GetFrameworks.Framework of(
      Framework framework, List<Offer> offers, List<InverseOffer> inverseOffers) {
    var words =
        Response.GetFrameworks.Framework.newBuilder()
            .setFrameworkInfo(framework.info())
            .setActive(framework.connected())
            .setConnected(framework.connected())
            .setRecovered(framework.link() instanceof FrameworkLink.Recovered)
            .setRegisteredTime(Times.info(framework.registered()))
            .setReregisteredTime(
                Times.info(framework.reregistered().orElse(framework.registered())))
            .addAllOffers(offers)
            .addAllInverseOffers(inverseOffers)
            .addAllAllocatedResources(framework.allocated().messagesFor(Format.ENDPOINT))
            .addAllOfferedResources(framework.offered().messagesFor(Format.ENDPOINT))
            .setOfferConstraints(framework.constraints());
    if (framework.link() instanceof FrameworkLink.Completed(var at)) {
      words.setUnregisteredTime(Times.info(at));
    }
    return words.build();
  }
}
