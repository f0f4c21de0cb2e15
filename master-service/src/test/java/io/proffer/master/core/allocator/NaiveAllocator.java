package io.proffer.master.core.allocator;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.kernel.Moment;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.ExecutorEvent;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.InverseOfferEvent;
import io.proffer.master.core.event.MaintenanceEvent;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.event.RoleEvent;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.event.WorkEvent;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.AgentLink;
import io.proffer.master.core.fact.Executor;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.FrameworkLink;
import io.proffer.master.core.fact.Orders;
import io.proffer.master.core.fact.Quota;
import io.proffer.master.core.fact.Reason;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;

/**
 * The same rules, done the slow and obvious way: everything is computed anew from a list of what
 * everybody holds, a periodic run tries everybody on every agent, and a run is one slice.
 */
final class NaiveAllocator implements Allocator {
  private final NaiveState state;
  private final NaivePolicy policy;
  private final NaiveSchedule schedule;

  NaiveAllocator(AllocatorSettings settings) {
    this(settings, new NaivePolicy.Drf());
  }

  NaiveAllocator(AllocatorSettings settings, NaivePolicy policy) {
    state = new NaiveState(settings);
    schedule = new NaiveSchedule(settings);
    this.policy = policy;
  }

  @Override
  public void follow(Event event, Moment moment) {
    schedule.hear(moment.monotonicNanos());
    switch (event) {
      case FrameworkEvent framework -> followFramework(framework);
      case AgentEvent agent -> followAgent(agent);
      case OfferEvent offer -> followOffer(offer);
      case RoleEvent.WeightsSet(var weights) -> state.weights.putAll(weights);
      case RoleEvent.QuotasSet(var quotas) -> quotas.forEach(this::put);
      case TaskEvent task -> {}
      case ExecutorEvent.Readded(var executor) -> use(executor);
      case ExecutorEvent executor -> {}
      case InverseOfferEvent inverse -> {}
      case MaintenanceEvent maintenance -> {}
      case WorkEvent work -> {}
    }
    state.books.forget(state.subscribed());
  }

  @Override
  public void recover(int knownAgents, Moment moment) {
    schedule.hear(moment.monotonicNanos());
    if (!state.quotas.isEmpty()) {
      schedule.pause(knownAgents);
    }
  }

  @Override
  public List<Grant> allocate(long budget, Moment moment) {
    schedule.hear(moment.monotonicNanos());
    schedule.endPause(state.agents.size());
    state.refusals.removeIf(r -> r.deadline() < moment.monotonicNanos());
    var due = schedule.begin();
    if (due.nothing()) {
      return List.of();
    }
    var visited =
        state.agents.values().stream()
            .filter(state::mayOffer)
            .filter(agent -> due.everywhere() || due.agents().contains(agent.id()))
            .toList();
    return new NaiveRun(state, policy, moment.seed()).grants(visited);
  }

  @Override
  public OptionalLong nextDeadlineNanos() {
    return schedule.nextNanos(state.agents.size());
  }

  /** Why there is no offer, if a run began now. */
  Reason reason(Key key, Moment moment) {
    return new NaiveReason(state, policy, moment.seed(), moment.monotonicNanos())
        .of(key, schedule.pausedAt(moment.monotonicNanos(), state.agents.size()));
  }

  private void put(Quota quota) {
    if (quota.isDefault()) {
      state.quotas.remove(quota.role());
    } else {
      state.quotas.put(quota.role(), quota);
    }
  }

  private void followFramework(FrameworkEvent event) {
    switch (event) {
      case FrameworkEvent.Added(var row) -> put(row);
      case FrameworkEvent.Updated(var row) -> put(row);
      case FrameworkEvent.Disconnected(var id, var since) ->
          put(state.frameworks.get(id).withLink(new FrameworkLink.Disconnected(since)));
      case FrameworkEvent.Suppressed(var id, var roles) -> {
        var row = state.frameworks.get(id);
        var suppressed = new LinkedHashSet<>(row.suppressed());
        suppressed.addAll(roles);
        state.frameworks.put(id, row.withSuppressed(List.copyOf(suppressed)));
      }
      case FrameworkEvent.Revived(var id, var roles) -> revive(id, roles);
      case FrameworkEvent.Removed(var id, var info, var at) -> {
        state.frameworks.remove(id);
        state.books.removeIf(key -> key.of(id));
        state.refusals.removeIf(r -> r.key().of(id));
      }
    }
  }

  private void put(Framework row) {
    var old = state.frameworks.put(row.id(), row);
    var active = NaiveState.activeRoles(row);
    boolean wider =
        old == null
            || !old.capabilities().equals(row.capabilities())
            || !old.constraints().equals(row.constraints())
            || !old.info().getOfferFiltersMap().equals(row.info().getOfferFiltersMap());
    if (wider ? !active.isEmpty() : !NaiveState.activeRoles(old).containsAll(active)) {
      schedule.askEverywhere();
    }
    state.refusals.removeIf(
        r -> r.key().of(row.id()) && (!row.connected() || !row.roles().contains(r.key().role())));
  }

  private void revive(FrameworkId id, List<String> roles) {
    var row = state.frameworks.get(id);
    var suppressed = new LinkedHashSet<>(row.suppressed());
    suppressed.removeAll(roles);
    state.frameworks.put(id, row.withSuppressed(List.copyOf(suppressed)));
    state.refusals.removeIf(r -> r.key().of(id) && roles.contains(r.key().role()));
    if (row.connected() && roles.stream().anyMatch(row.roles()::contains)) {
      schedule.askEverywhere();
    }
  }

  private void followAgent(AgentEvent event) {
    switch (event) {
      case AgentEvent.Registered(var row) -> put(row);
      case AgentEvent.Reregistered(var row) -> put(row);
      case AgentEvent.Disconnected(var id, var since) ->
          state.agents.computeIfPresent(
              id, (k, row) -> row.withLink(new AgentLink.Disconnected(since)));
      case AgentEvent.Removed(var id) -> remove(id);
      case AgentEvent.MarkedUnreachable(var id, var at) -> remove(id);
      case AgentEvent.MarkedGone(var id, var at) -> remove(id);
      case AgentEvent.OrdersChanged(var id, var orders) -> order(id, orders);
      // Agents that are back wait for the next periodic run, which looks at all.
      case AgentEvent.Whitelisted(var hostnames) -> state.whitelist = hostnames;
      case AgentEvent.Pruned pruned -> {}
      case AgentEvent.Admitted admitted -> {}
      case AgentEvent.MarkedReachable reachable -> {}
    }
  }

  /** Used, though this master never offered it. */
  private void use(Executor executor) {
    var key = new Key(executor.framework(), executor.role(), executor.agent());
    if (state.agents.containsKey(key.agent()) && !executor.resources().isEmpty()) {
      state.books.use(key, executor.resources().withoutAllocation());
    }
  }

  private void put(Agent row) {
    var old = state.agents.put(row.id(), row);
    if (old != null && !old.info().getAttributesList().equals(row.info().getAttributesList())) {
      state.refusals.removeIf(r -> r.key().agent().equals(row.id()));
    }
    schedule.ask(row.id());
  }

  private void order(AgentId id, Orders orders) {
    var row = state.agents.get(id);
    if (row == null) {
      return;
    }
    var ordered = row.withOrders(orders);
    state.agents.put(id, ordered);
    if (state.mayOffer(ordered) && !row.active()) {
      schedule.ask(id);
    }
  }

  private void remove(AgentId id) {
    state.agents.remove(id);
    state.books.removeIf(key -> key.agent().equals(id));
    state.refusals.removeIf(r -> r.key().agent().equals(id));
    schedule.forget(id);
  }

  private void followOffer(OfferEvent event) {
    switch (event) {
      case OfferEvent.Made(var offer) -> {
        if (state.agents.containsKey(offer.agent())) {
          var key = new Key(offer.framework(), offer.role(), offer.agent());
          state.books.take(key, offer.resources().withoutAllocation());
          state.open.put(offer.id(), key);
        }
      }
      case OfferEvent.Ended ended -> state.open.remove(ended.id());
      case OfferEvent.Returned returned -> takeBack(returned);
    }
  }

  private void takeBack(OfferEvent.Returned event) {
    var key = new Key(event.framework(), event.role(), event.agent());
    boolean subscribed = state.isSubscribed(event.framework(), event.role());
    if (!state.agents.containsKey(event.agent())
        || !(subscribed || state.books.holds(event.framework(), event.role()))) {
      return;
    }
    var resources = event.resources().withoutAllocation();
    state.books.giveBack(key, resources);
    var refusedFor = event.refusedForNanos();
    if (refusedFor.isPresent()
        && subscribed
        && state.frameworks.get(event.framework()).connected()) {
      long end = refusalEnd(refusedFor.getAsLong());
      state.refusals.add(new NaiveState.Refused(key, resources, end));
    }
    if (event.cause() == OfferEvent.Cause.FREED) {
      schedule.ask(event.agent());
    }
  }

  private long refusalEnd(long refusedFor) {
    return refusedFor == 0
        ? schedule.nextPeriodic() - 1
        : schedule.now() + Math.max(refusedFor, state.settings.allocationInterval().toNanos());
  }
}
