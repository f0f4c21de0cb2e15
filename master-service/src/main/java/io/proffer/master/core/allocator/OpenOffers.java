package io.proffer.master.core.allocator;

import io.proffer.api.id.OfferId;
import io.proffer.master.core.event.OfferEvent;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Which offers are open: what a framework waits for may lie in its hands already. */
final class OpenOffers {
  private record Open(Client client, AgentEntry agent) {}

  private final Map<OfferId, Open> offers = new LinkedHashMap<>();

  void made(OfferId id, Client client, AgentEntry agent) {
    offers.put(id, new Open(client, agent));
  }

  void ended(OfferEvent.Ended ended) {
    offers.remove(ended.id());
  }

  /** Agents of which something is offered to the client. */
  Set<AgentEntry> to(Client client) {
    var agents = new LinkedHashSet<AgentEntry>();
    for (var open : offers.values()) {
      if (open.client().equals(client)) {
        agents.add(open.agent());
      }
    }
    return agents;
  }
}
