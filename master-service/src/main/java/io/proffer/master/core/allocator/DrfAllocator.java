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
import io.proffer.master.core.fact.Offer;
import io.proffer.master.core.fact.RoleShare;
import io.proffer.master.core.fact.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Dominant resource fairness: the role with the smallest dominant share comes first, within it the
 * framework with the smallest, and the first that may have anything of an agent is offered all of
 * it that it may have (allocator, sections 3 to 7).
 */
public final class DrfAllocator implements Allocator {
  private final long minRefusalNanos;
  private final OfferFilters filters;
  private final AgentPool agents;
  private final RoleTree roles;
  private final Roster roster;
  private final Ledger ledger;
  private final Candidates candidates;
  private final Slice slice;
  private Run run = new Run(0, 0, new ArrayList<>());
  private long lastHeard;

  /** Knows nobody yet. */
  public DrfAllocator(AllocatorSettings settings) {
    var total = new ClusterTotal(settings.fairSharingExcluded());
    roles = new RoleTree(total);
    minRefusalNanos = settings.allocationInterval().toNanos();
    filters = new OfferFilters(settings.filtersPerAgentMax());
    agents = new AgentPool(settings, total);
    candidates = new Candidates(settings, agents, filters);
    roster = new Roster(settings, roles, filters, candidates::stir);
    ledger = new Ledger(total, roles);
    slice = new Slice(roles, filters, ledger);
  }

  @Override
  public void follow(Event event, Moment moment) {
    lastHeard = moment.monotonicNanos();
    candidates.setNow(lastHeard);
    switch (event) {
      case FrameworkEvent framework -> followFramework(framework);
      case AgentEvent agent -> followAgent(agent);
      case OfferEvent offer -> followOffer(offer);
      case TaskEvent task -> followTask(task);
      case ExecutorEvent executor -> followExecutor(executor);
      case RoleEvent role -> {}
      case WorkEvent work -> {}
    }
  }

  @Override
  public List<Grant> allocate(long budget, Moment moment) {
    lastHeard = moment.monotonicNanos();
    candidates.setNow(lastHeard);
    // Whoever asked for this slice did not make offers of all of the last one.
    slice.dropUnmade(candidates::visitLater);
    if (run.done()) {
      var next = candidates.begin(run.number() + 1, moment.seed());
      run = next == null ? run : next;
    }
    return slice.go(run, new Budget(budget));
  }

  @Override
  public OptionalLong nextDeadlineNanos() {
    return run.done() && !slice.hasUnmade() ? candidates.nextNanos() : OptionalLong.of(lastHeard);
  }

  @Override
  public List<RoleShare> shares() {
    return roles.shares();
  }

  private void followFramework(FrameworkEvent event) {
    switch (event) {
      case FrameworkEvent.Added(var framework) -> roster.put(framework);
      case FrameworkEvent.Updated(var framework) -> roster.put(framework);
      case FrameworkEvent.Disconnected(var id, var since) -> roster.disconnect(id);
      case FrameworkEvent.Suppressed(var id, var names) -> roster.suppress(id, names);
      case FrameworkEvent.Revived(var id, var names) -> roster.revive(id, names);
      case FrameworkEvent.Removed(var id, var info, var at) -> removeFramework(id);
    }
  }

  /** What it still holds is free at once, though its tasks may still be dying. */
  private void removeFramework(FrameworkId id) {
    for (var client : roster.clients(id)) {
      for (var agent : List.copyOf(client.holdings.keySet())) {
        ledger.giveBack(client, agent, Ledger.holding(client, agent));
        candidates.visitLater(agent);
      }
    }
    roster.remove(id);
  }

  private void followAgent(AgentEvent event) {
    switch (event) {
      case AgentEvent.Registered(var agent) -> putAgent(agent);
      case AgentEvent.Reregistered(var agent) -> putAgent(agent);
      case AgentEvent.Disconnected(var id, var since) -> {
        var agent = agents.find(id);
        if (agent != null) {
          agent.deactivate();
        }
      }
      case AgentEvent.MarkedUnreachable(var id, var at) -> removeAgent(id);
      case AgentEvent.Removed(var id) -> removeAgent(id);
      case AgentEvent.Admitted admitted -> {}
      case AgentEvent.MarkedReachable reachable -> {}
    }
  }

  private void putAgent(Agent row) {
    boolean changed = agents.put(row);
    var agent = agents.find(row.id());
    if (changed) {
      roster.forget(agent);
    }
    candidates.visitSoon(agent);
  }

  private void removeAgent(AgentId id) {
    var agent = agents.find(id);
    if (agent == null) {
      return;
    }
    for (var client : List.copyOf(agent.holders)) {
      ledger.giveBack(client, agent, Ledger.holding(client, agent));
      roster.tidy(client);
    }
    roster.forget(agent);
    candidates.forget(agent);
    agents.remove(agent);
  }

  private void followOffer(OfferEvent event) {
    switch (event) {
      case OfferEvent.Made(var offer) -> make(offer);
      case OfferEvent.Ended ended -> {}
      case OfferEvent.Returned returned -> takeBack(returned);
    }
  }

  private void make(Offer offer) {
    var resources = slice.made(offer);
    var agent = agents.find(offer.agent());
    if (agent != null) {
      var client = roster.findOrAdd(offer.framework(), offer.role());
      client.countAllocations(1);
      client.role().countAllocations(1);
      ledger.take(client, agent, resources);
    }
  }

  private void takeBack(OfferEvent.Returned event) {
    var agent = agents.find(event.agent());
    var client = roster.find(event.framework(), event.role());
    if (agent == null || client == null) {
      return;
    }
    var resources = event.resources().withoutAllocation();
    ledger.giveBack(client, agent, resources);
    long refusedFor = event.refusedForNanos().orElse(0);
    if (refusedFor > 0 && client.subscribed() && client.framework().connected()) {
      filters.add(client, agent, resources, lastHeard + Math.max(refusedFor, minRefusalNanos));
    }
    switch (event.cause()) {
      case FREED -> candidates.visitSoon(agent);
      case UNUSED -> candidates.visitLater(agent);
    }
    roster.tidy(client);
  }

  private void followTask(TaskEvent event) {
    switch (event) {
      case TaskEvent.Readded(var task) -> readd(task);
      // What it uses was counted when it was offered.
      case TaskEvent.Launched launched -> {}
      case TaskEvent.Refused refused -> {}
      case TaskEvent.Updated updated -> {}
      case TaskEvent.Acknowledged acknowledged -> {}
      case TaskEvent.KillAsked killAsked -> {}
      case TaskEvent.Unreachable unreachable -> {}
      case TaskEvent.Completed completed -> {}
    }
  }

  private void readd(Task task) {
    if (task.usesResources()) {
      use(task.framework(), task.role(), task.agent(), task.resources());
    }
  }

  private void followExecutor(ExecutorEvent event) {
    switch (event) {
      case ExecutorEvent.Readded(var e) -> use(e.framework(), e.role(), e.agent(), e.resources());
      // What it uses was counted when it was offered.
      case ExecutorEvent.Launched launched -> {}
      case ExecutorEvent.Ended ended -> {}
    }
  }

  /** Used, though never offered by this master. */
  private void use(FrameworkId framework, String role, AgentId id, Resources resources) {
    var agent = agents.find(id);
    if (agent != null && !resources.isEmpty()) {
      ledger.take(roster.findOrAdd(framework, role), agent, resources.withoutAllocation());
    }
  }
}
