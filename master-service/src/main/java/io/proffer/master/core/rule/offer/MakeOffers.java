package io.proffer.master.core.rule.offer;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.master.core.allocator.Grant;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.fact.Offer;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.MakeInverseOffers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Grants of the allocator become offers: one OFFERS for each framework. Whoever is offered
 * something of a machine that will be away is asked about that as well.
 */
public final class MakeOffers {
  private MakeOffers() {}

  public static void decide(List<Grant> grants, Turn turn) {
    var offered = new LinkedHashMap<FrameworkId, List<ToFramework.Offered>>();
    var planned = new LinkedHashSet<AgentId>();
    for (var grant : grants) {
      var offer =
          new Offer(
              turn.state().offers().nextId(turn.state().masterId()),
              grant.framework(),
              grant.agent(),
              grant.role(),
              grant.resources());
      turn.emit(new OfferEvent.Made(offer));
      var agent = turn.state().agents().find(grant.agent()).orElseThrow();
      var unavailability = turn.state().maintenance().of(agent);
      unavailability.ifPresent(_ -> planned.add(agent.id()));
      offered
          .computeIfAbsent(grant.framework(), none -> new ArrayList<>())
          .add(
              new ToFramework.Offered(
                  offer,
                  agent,
                  turn.state().executors().on(grant.agent(), grant.framework()),
                  unavailability));
    }
    offered.forEach(
        (id, offers) -> {
          var framework = turn.state().frameworks().find(id).orElseThrow();
          turn.send(
              new ToFramework.Offers(
                  framework.stream().orElseThrow(), framework.capabilities(), offers));
        });
    MakeInverseOffers.on(planned, turn);
  }
}
