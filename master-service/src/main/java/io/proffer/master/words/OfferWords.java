package io.proffer.master.words;

import io.proffer.api.id.ExecutorId;
import io.proffer.api.resource.Format;
import io.proffer.api.v1.Address;
import io.proffer.api.v1.Resource;
import io.proffer.api.v1.URL;
import io.proffer.api.v1.Unavailability;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Capabilities;
import io.proffer.master.core.fact.InverseOffer;
import io.proffer.master.core.fact.Offer;
import java.util.List;
import java.util.Optional;

/** Offers, as the capabilities of who sees them ask (scheduler-api, section 10). */
public final class OfferWords {
  private OfferWords() {}

  /**
   * An offer as its framework gets it.
   *
   * @param unavailability when the agent's machine is planned to be away
   * @param scheme under which its agent is reached
   */
  public static io.proffer.api.v1.Offer of(
      Offer offer,
      Agent agent,
      List<ExecutorId> executors,
      Optional<Unavailability> unavailability,
      Capabilities capabilities,
      String scheme) {
    var resources =
        capabilities.multiRole() ? offer.resources() : offer.resources().withoutAllocation();
    var words =
        io.proffer.api.v1.Offer.newBuilder()
            .setId(offer.id().message())
            .setFrameworkId(offer.framework().message())
            .setAgentId(offer.agent().message())
            .setHostname(agent.info().getHostname())
            .setUrl(url(agent, scheme))
            .addAllResources(
                resources.messagesFor(
                    capabilities.reservationRefinement()
                        ? Format.POST_REFINEMENT
                        : Format.PRE_REFINEMENT))
            .addAllAttributes(agent.info().getAttributesList());
    if (agent.info().hasDomain()) {
      words.setDomain(agent.info().getDomain());
    }
    unavailability.ifPresent(words::setUnavailability);
    for (var executor : executors) {
      words.addExecutorIds(executor.message());
    }
    if (capabilities.multiRole()) {
      words.setAllocationInfo(Resource.AllocationInfo.newBuilder().setRole(offer.role()));
    }
    return words.build();
  }

  /** An inverse offer, for its framework and for operators alike; it is of no resources. */
  public static io.proffer.api.v1.InverseOffer inverse(
      InverseOffer offer, Agent agent, String scheme) {
    return io.proffer.api.v1.InverseOffer.newBuilder()
        .setId(offer.id().message())
        .setUrl(url(agent, scheme))
        .setFrameworkId(offer.framework().message())
        .setAgentId(offer.agent().message())
        .setUnavailability(offer.unavailability())
        .build();
  }

  /** Where the agent answers; clients and tools go there. */
  private static URL url(Agent agent, String scheme) {
    return URL.newBuilder()
        .setScheme(scheme)
        .setAddress(
            Address.newBuilder()
                .setHostname(agent.info().getHostname())
                .setIp(agent.ip())
                .setPort(agent.info().getPort()))
        .setPath("/slave(1)")
        .build();
  }
}
