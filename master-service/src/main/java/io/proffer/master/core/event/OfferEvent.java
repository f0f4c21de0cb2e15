package io.proffer.master.core.event;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.OfferId;
import io.proffer.api.resource.Resources;
import io.proffer.master.core.fact.Offer;
import java.util.OptionalLong;

/** What became true of offers and of the resources they carried. */
public sealed interface OfferEvent extends Event {

  /** Why an offer ended. */
  enum End {
    ACCEPTED,
    DECLINED,
    RESCINDED,
    /** Its framework went away or came back on another stream: nobody is told. */
    DROPPED
  }

  /** Why resources came back. */
  enum Cause {
    /** Declined, left over, or the offer ended: they wait for the next periodic run. */
    UNUSED,
    /** A task or executor ended: their agent is a candidate at once. */
    FREED
  }

  /** Resources of an agent are offered to a framework under a role. */
  record Made(Offer offer) implements OfferEvent {}

  /** The offer is no longer valid. Its resources follow as launched tasks or as returned. */
  record Ended(OfferId id, End end) implements OfferEvent {}

  /**
   * Resources that were offered to, or used by, the framework are free again. When long work goes
   * on in slices, the framework or the agent may have been removed before.
   *
   * @param resources with their allocation role
   * @param refusedForNanos how long the framework that gave them back does not want them; 0 until
   *     the next periodic run; empty when they were taken from it, or used
   */
  record Returned(
      FrameworkId framework,
      String role,
      AgentId agent,
      Resources resources,
      Cause cause,
      OptionalLong refusedForNanos)
      implements OfferEvent {}
}
