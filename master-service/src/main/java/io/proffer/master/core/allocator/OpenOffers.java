package io.proffer.master.core.allocator;

import io.proffer.api.id.OfferId;
import io.proffer.master.core.event.OfferEvent;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which offers are open: what a framework waits for may lie in its hands already. */
final class OpenOffers {
  private record Open(Client client, AgentEntry agent) {}

  private final Map<OfferId, Open> offers = new LinkedHashMap<>();

  /** How many of each agent each client has: a question must not cost a walk over all offers. */
  private final Map<Open, Integer> counts = new LinkedHashMap<>();

  void made(OfferId id, Client client, AgentEntry agent) {
    var open = new Open(client, agent);
    offers.put(id, open);
    counts.merge(open, 1, Integer::sum);
  }

  void ended(OfferEvent.Ended ended) {
    var open = offers.remove(ended.id());
    if (open != null) {
      counts.computeIfPresent(open, (key, count) -> count == 1 ? null : count - 1);
    }
  }

  /** Whether something of the agent is offered to the client. */
  boolean has(Client client, AgentEntry agent) {
    return counts.containsKey(new Open(client, agent));
  }
}
