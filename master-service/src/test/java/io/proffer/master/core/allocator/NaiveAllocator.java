package io.proffer.master.core.allocator;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Resources;
import io.proffer.kernel.Moment;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.ExecutorEvent;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.event.RoleEvent;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.event.WorkEvent;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.FrameworkLink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The same rules, done the slow and obvious way: everything is computed anew from a list of what
 * everybody holds, a periodic run tries everybody on every agent, and a run is one slice.
 */
final class NaiveAllocator implements Allocator {
  private record Refused(Key key, Resources resources, long deadline) {}

  private final AllocatorSettings settings;
  private final Map<AgentId, Agent> agents = new TreeMap<>();
  private final Map<FrameworkId, Framework> frameworks = new TreeMap<>();
  private final List<Refused> refusals = new ArrayList<>();
  private final Set<AgentId> urgent = new LinkedHashSet<>();
  private NaiveShares shares = new NaiveShares();
  private boolean everywhere;
  private boolean asked;
  private long lastEventRun = Long.MIN_VALUE / 2;
  private long origin = Long.MIN_VALUE;
  private long lastSlot;
  private long now;

  NaiveAllocator(AllocatorSettings settings) {
    this.settings = settings;
  }

  @Override
  public void follow(Event event, Moment moment) {
    now = moment.monotonicNanos();
    hear();
    switch (event) {
      case FrameworkEvent.Added(var row) -> put(row);
      case FrameworkEvent.Updated(var row) -> put(row);
      case FrameworkEvent.Disconnected(var id, var since) -> {
        put(frameworks.get(id).withLink(new FrameworkLink.Disconnected(since)));
      }
      case FrameworkEvent.Suppressed(var id, var roles) -> {
        var suppressed = new LinkedHashSet<>(frameworks.get(id).suppressed());
        suppressed.addAll(roles);
        frameworks.computeIfPresent(id, (k, row) -> row.withSuppressed(List.copyOf(suppressed)));
      }
      case FrameworkEvent.Revived(var id, var roles) -> {
        var row = frameworks.get(id);
        var suppressed = new LinkedHashSet<>(row.suppressed());
        suppressed.removeAll(roles);
        frameworks.put(id, row.withSuppressed(List.copyOf(suppressed)));
        refusals.removeIf(r -> r.key().of(id) && roles.contains(r.key().role()));
        if (row.connected() && roles.stream().anyMatch(row.roles()::contains)) {
          askEverywhere();
        }
      }
      case FrameworkEvent.Removed(var id, var info, var at) -> {
        frameworks.remove(id);
        shares.removeIf(key -> key.of(id));
        refusals.removeIf(r -> r.key().of(id));
      }
      case AgentEvent.Registered(var row) -> put(row);
      case AgentEvent.Reregistered(var row) -> put(row);
      case AgentEvent.Disconnected(var id, var since) ->
          agents.computeIfPresent(id, (k, row) -> NaiveShares.disconnected(row, since));
      case AgentEvent.Removed(var id) -> remove(id);
      case AgentEvent.MarkedUnreachable(var id, var at) -> remove(id);
      case AgentEvent.Admitted admitted -> {}
      case AgentEvent.MarkedReachable reachable -> {}
      case OfferEvent.Made(var offer) -> {
        if (agents.containsKey(offer.agent())) {
          shares.take(
              new Key(offer.framework(), offer.role(), offer.agent()),
              offer.resources().withoutAllocation());
        }
      }
      case OfferEvent.Ended ended -> {}
      case OfferEvent.Returned returned -> takeBack(returned);
      case TaskEvent task -> {}
      case ExecutorEvent executor -> {}
      case RoleEvent role -> {}
      case WorkEvent work -> {}
    }
    shares.forgetCounts(key -> !wants(key.framework(), key.role()));
    shares.forgetRoles(role -> frameworks.keySet().stream().noneMatch(id -> wants(id, role)));
  }

  private void hear() {
    if (origin == Long.MIN_VALUE) {
      origin = now;
    }
  }

  private void put(Framework row) {
    var old = frameworks.put(row.id(), row);
    var active = activeRoles(row);
    boolean wider =
        old == null
            || !old.capabilities().equals(row.capabilities())
            || !old.constraints().equals(row.constraints())
            || !old.info().getOfferFiltersMap().equals(row.info().getOfferFiltersMap());
    if (wider ? !active.isEmpty() : !activeRoles(old).containsAll(active)) {
      askEverywhere();
    }
    refusals.removeIf(
        r -> r.key().of(row.id()) && (!row.connected() || !row.roles().contains(r.key().role())));
  }

  private static Set<String> activeRoles(Framework row) {
    var roles = new LinkedHashSet<String>();
    if (row.connected()) {
      roles.addAll(row.roles());
      roles.removeAll(row.suppressed());
    }
    return roles;
  }

  private void askEverywhere() {
    everywhere = true;
    asked = true;
  }

  private void ask(AgentId agent) {
    urgent.add(agent);
    asked = true;
  }

  private void put(Agent row) {
    var old = agents.put(row.id(), row);
    if (old != null && !old.info().getAttributesList().equals(row.info().getAttributesList())) {
      refusals.removeIf(r -> r.key().agent().equals(row.id()));
    }
    ask(row.id());
  }

  private void remove(AgentId id) {
    agents.remove(id);
    shares.removeIf(key -> key.agent().equals(id));
    refusals.removeIf(r -> r.key().agent().equals(id));
    urgent.remove(id);
  }

  private boolean wants(FrameworkId framework, String role) {
    var row = frameworks.get(framework);
    return row != null && row.roles().contains(role);
  }

  private void takeBack(OfferEvent.Returned event) {
    var key = new Key(event.framework(), event.role(), event.agent());
    var agent = agents.get(event.agent());
    if (agent == null || !(wants(event.framework(), event.role()) || shares.holds(key))) {
      return;
    }
    var resources = event.resources().withoutAllocation();
    shares.giveBack(key, resources);
    long refusedFor = event.refusedForNanos().orElse(0);
    if (refusedFor > 0
        && wants(event.framework(), event.role())
        && frameworks.get(event.framework()).connected()) {
      long atLeast = Math.max(refusedFor, settings.allocationInterval().toNanos());
      refusals.add(new Refused(key, resources, now + atLeast));
    }
    if (event.cause() == OfferEvent.Cause.FREED) {
      ask(event.agent());
    }
  }

  @Override
  public List<Grant> allocate(long budget, Moment moment) {
    now = moment.monotonicNanos();
    hear();
    refusals.removeIf(r -> r.deadline() < now);
    long slot = Math.floorDiv(now - origin, settings.allocationInterval().toNanos());
    boolean periodic = slot > lastSlot;
    boolean due = asked && now - lastEventRun >= settings.allocationMinInterval().toNanos();
    if (!periodic && !due) {
      return List.of();
    }
    lastSlot = slot;
    lastEventRun = asked ? now : lastEventRun;
    var ids = periodic || everywhere ? agents.keySet() : urgent;
    var visited =
        ids.stream()
            .map(agents::get)
            .filter(Agent::active)
            .sorted(
                Comparator.comparingLong(
                    a -> KeyedHash.rank(moment.seed(), KeyedHash.of(a.id().value()))))
            .toList();
    everywhere = false;
    asked = false;
    urgent.clear();
    var before = shares.copy();
    var grants = new ArrayList<Grant>();
    visited.forEach(agent -> visit(agent, grants));
    shares = before;
    return grants;
  }

  private void visit(Agent agent, List<Grant> grants) {
    var total = agents.values().stream().map(Agent::total).toList();
    for (var role : shares.roleOrder(activeByRole(), total)) {
      for (var id : shares.frameworkOrder(role, activeByRole().get(role), total)) {
        var key = new Key(id, role, agent.id());
        var resources = candidate(agent, key);
        if (isOffered(agent, key, resources)) {
          shares.take(key, resources);
          grants.add(new Grant(id, role, agent.id(), resources.withAllocation(role)));
        }
      }
    }
  }

  private Map<String, List<FrameworkId>> activeByRole() {
    var active = new LinkedHashMap<String, List<FrameworkId>>();
    for (var row : frameworks.values()) {
      for (var role : activeRoles(row)) {
        active.computeIfAbsent(role, r -> new ArrayList<>()).add(row.id());
      }
    }
    return active;
  }

  private Resources candidate(Agent agent, Key key) {
    var capabilities = frameworks.get(key.framework()).capabilities();
    return agent
        .total()
        .minus(shares.usedOf(agent.id()))
        .allocatableTo(key.role())
        .filter(e -> !e.kind().revocable() || capabilities.revocableResources())
        .filter(e -> !e.kind().isRefined() || capabilities.reservationRefinement());
  }

  private boolean isOffered(Agent agent, Key key, Resources resources) {
    var row = frameworks.get(key.framework());
    var own = row.info().getOfferFiltersMap().get(key.role());
    var minimum =
        own == null
            ? settings.minAllocatable()
            : MinAllocatable.of(own.getMinAllocatableResources());
    return minimum.allows(resources)
        && (agent.total().thousandths("gpus") == 0 || row.capabilities().gpuResources())
        && !excludes(row, key.role(), agent)
        && refusals.stream()
            .noneMatch(r -> r.key().equals(key) && r.resources().contains(resources));
  }

  private static boolean excludes(Framework row, String role, Agent agent) {
    return CompiledConstraints.compile(row.constraints())
            instanceof CompiledConstraints.Compiled(var constraints)
        && constraints.excludes(
            role,
            agent.info().getHostname(),
            agent.info().getDomain(),
            agent.info().getAttributesList());
  }

  @Override
  public OptionalLong nextDeadlineNanos() {
    return OptionalLong.empty();
  }
}
