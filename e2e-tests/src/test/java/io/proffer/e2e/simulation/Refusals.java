package io.proffer.e2e.simulation;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Resources;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Offer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Nobody is offered what it refused, nor anything under a role it suppressed. */
final class Refusals {
  private record Refusal(
      FrameworkId framework, String role, AgentId agent, Resources resources, long untilNanos) {
    boolean covers(Offer offer) {
      return framework.equals(offer.framework())
          && role.equals(offer.role())
          && agent.equals(offer.agent())
          && resources.contains(offer.resources().withoutAllocation());
    }
  }

  private final World world;
  private final List<Refusal> refusals = new ArrayList<>();
  private final Map<FrameworkId, Set<String>> suppressed = new HashMap<>();
  private final Map<FrameworkId, Boolean> connected = new HashMap<>();

  Refusals(World world) {
    this.world = world;
  }

  void follow(Event event) {
    switch (event) {
      case OfferEvent.Returned returned -> refused(returned);
      case OfferEvent.Made(var offer) -> check(offer);
      case FrameworkEvent.Suppressed(var id, var roles) ->
          suppressed.computeIfAbsent(id, one -> new HashSet<>()).addAll(roles);
      case FrameworkEvent.Revived(var id, var roles) -> {
        suppressed.getOrDefault(id, Set.of()).removeAll(roles);
        refusals.removeIf(one -> one.framework().equals(id) && roles.contains(one.role()));
      }
      case FrameworkEvent.Added(var framework) -> put(framework);
      case FrameworkEvent.Updated(var framework) -> put(framework);
      case FrameworkEvent.Disconnected(var id, var since) -> forget(id);
      case FrameworkEvent.Removed(var id, var info, var at) -> forget(id);
      case AgentEvent.MarkedUnreachable(var id, var at) ->
          refusals.removeIf(one -> one.agent().equals(id));
      case AgentEvent.Removed(var id) -> refusals.removeIf(one -> one.agent().equals(id));
      case AgentEvent.MarkedGone(var id, var at) ->
          refusals.removeIf(one -> one.agent().equals(id));
      default -> {}
    }
  }

  private void refused(OfferEvent.Returned event) {
    if (event.refusedForNanos().isPresent()
        && event.refusedForNanos().getAsLong() > 0
        && connected.getOrDefault(event.framework(), false)) {
      refusals.add(
          new Refusal(
              event.framework(),
              event.role(),
              event.agent(),
              event.resources().withoutAllocation(),
              world.monotonicNanos() + event.refusedForNanos().getAsLong()));
    }
  }

  private void check(Offer offer) {
    var now = world.monotonicNanos();
    refusals.removeIf(one -> one.untilNanos() <= now);
    for (var refusal : refusals) {
      if (refusal.covers(offer)) {
        throw world.broken("%s was made in spite of %s".formatted(offer, refusal));
      }
    }
    if (suppressed.getOrDefault(offer.framework(), Set.of()).contains(offer.role())) {
      throw world.broken("made under a suppressed role: " + offer);
    }
  }

  private void put(Framework framework) {
    connected.put(framework.id(), framework.connected());
    suppressed.put(framework.id(), new HashSet<>(framework.suppressed()));
  }

  private void forget(FrameworkId id) {
    connected.put(id, false);
    refusals.removeIf(one -> one.framework().equals(id));
  }
}
