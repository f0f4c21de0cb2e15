package io.proffer.master.core.allocator;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Resources;
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
import io.proffer.master.core.fact.Offer;
import io.proffer.master.core.fact.RoleShare;
import io.proffer.master.core.fact.Task;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Serves roles and their frameworks in the order of a policy, dominant resource fairness unless
 * another is set: what guarantees miss first, then fair shares; the first that may have anything of
 * an agent is offered all of it that it may have (allocator, sections 3 to 8).
 */
public final class DrfAllocator implements Allocator {
  private final long minRefusalNanos;
  private final QuotaBook quotas;
  private final OfferFilters filters;
  private final AgentPool agents;
  private final RoleTree roles;
  private final Orders orders;
  private final Throttle throttle;
  private final Pause pause;
  private final OpenOffers offers = new OpenOffers();
  private final OfferExplainer explainer;
  private final Roster roster;
  private final Ledger ledger;
  private final Candidates candidates;
  private final Slice slice;
  private Run run;
  private Budget budget = new Budget(0);
  private long lastHeard;

  /** Knows nobody yet. */
  public DrfAllocator(AllocatorSettings settings) {
    minRefusalNanos = settings.allocationInterval().toNanos();
    var total = new ClusterTotal(settings.fairSharingExcluded());
    quotas = new QuotaBook(total);
    roles = new RoleTree(total, quotas, settings.rolePolicy(), settings.frameworkPolicy());
    orders = new Orders(roles, settings.rolePolicy(), settings.frameworkPolicy());
    filters =
        new OfferFilters(
            settings.filtersPerAgentMax(),
            settings.filtersPerFrameworkMax(),
            agent -> candidates().visitLater(agent));
    agents = new AgentPool(settings, total, quotas);
    throttle = new Throttle(quotas, total);
    candidates = new Candidates(settings, agents, filters, throttle, roles);
    roster = new Roster(settings, total, roles, filters, candidates::stir);
    ledger = new Ledger(total, roles, quotas);
    var examiner = new Examiner(filters, new Portion(quotas, total));
    slice =
        new Slice(roles, examiner, ledger, throttle, candidates::visitLater, candidates::drawAgain);
    pause = new Pause(settings);
    explainer = new OfferExplainer(agents, roster, roles, quotas, total, examiner, offers, pause);
    run = new Run(0, 0, new Visits(List.of(), 0, 0), false, orders, throttle);
  }

  private Candidates candidates() {
    return candidates;
  }

  @Override
  public void follow(Event event, Moment moment) {
    lastHeard = moment.monotonicNanos();
    candidates.setNow(lastHeard);
    quotas.changesIn(run.done() ? QuotaBook.NO_RUN : run.number());
    switch (event) {
      case FrameworkEvent framework -> followFramework(framework);
      case AgentEvent agent -> followAgent(agent);
      case OfferEvent offer -> followOffer(offer);
      case TaskEvent task -> followTask(task);
      case ExecutorEvent executor -> followExecutor(executor);
      case RoleEvent role -> followRole(role);
      case InverseOfferEvent inverse -> {}
      case MaintenanceEvent maintenance -> {}
      case WorkEvent work -> {}
    }
  }

  @Override
  public void recover(int knownAgents, Moment moment) {
    lastHeard = moment.monotonicNanos();
    if (quotas.hasQuotas()) {
      pause.begin(knownAgents, lastHeard);
    }
  }

  @Override
  public List<Grant> allocate(long units, Moment moment) {
    budget = new Budget(units);
    lastHeard = moment.monotonicNanos();
    candidates.setNow(lastHeard);
    if (pause.endsBy(lastHeard, agents.all().size())) {
      candidates.stirAll();
    } else if (pause.isOn()) {
      candidates.forgetAll();
      return List.of();
    }
    quotas.changesIn(QuotaBook.NO_RUN);
    // Whoever asked for this slice did not make offers of all of the last one.
    slice.dropUnmade();
    if (run.done()) {
      var visits = candidates.begin(run.number() + 1, budget);
      if (visits == null) {
        return List.of();
      }
      run =
          new Run(run.number() + 1, moment.seed(), visits, quotas.anyRequired(), orders, throttle);
    }
    return slice.go(run, budget);
  }

  @Override
  public long spent() {
    return budget.used();
  }

  @Override
  public OptionalLong nextDeadlineNanos() {
    if (pause.isOn()) {
      return pause.endNanos(lastHeard, agents.all().size());
    }
    return run.done() && !slice.hasUnmade() ? candidates.nextNanos() : OptionalLong.of(lastHeard);
  }

  @Override
  public long runs() {
    return run.number();
  }

  @Override
  public List<RoleShare> shares() {
    return roles.shares();
  }

  @Override
  public Optional<Explaining> explaining(
      FrameworkId framework, Optional<String> role, Optional<AgentId> agent) {
    var inquiry = explainer.begin(framework, role, agent);
    return Optional.of(
        (allowance, moment) ->
            inquiry.go(allowance, new OfferExplainer.Next(run.number() + 1, moment)));
  }

  private void followRole(RoleEvent event) {
    switch (event) {
      case RoleEvent.WeightsSet(var weights) -> roles.setWeights(weights);
      case RoleEvent.QuotasSet(var changed) -> {
        quotas.set(changed);
        changed.forEach(quota -> quotas.find(quota.role()).ifPresent(candidates::stirLater));
        candidates.roomMayHaveGrown();
      }
    }
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
    candidates.roomMayHaveGrown();
  }

  private void followAgent(AgentEvent event) {
    switch (event) {
      case AgentEvent.Registered(var agent) -> putAgent(agent);
      case AgentEvent.Reregistered(var agent) -> putAgent(agent);
      case AgentEvent.Disconnected(var id, var since) -> {
        var agent = agents.find(id);
        if (agent != null) {
          agent.disconnect();
        }
      }
      case AgentEvent.MarkedUnreachable(var id, var at) -> removeAgent(id);
      case AgentEvent.Removed(var id) -> removeAgent(id);
      case AgentEvent.Whitelisted(var hostnames) ->
          agents.whitelist(hostnames).forEach(candidates::visitLater);
      case AgentEvent.MarkedGone(var id, var at) -> removeAgent(id);
      case AgentEvent.OrdersChanged(var id, var ordered) -> order(agents.find(id), ordered);
      case AgentEvent.Pruned pruned -> {}
      case AgentEvent.Admitted admitted -> {}
      case AgentEvent.MarkedReachable reachable -> {}
    }
  }

  private void putAgent(Agent row) {
    boolean changed = agents.put(row);
    var agent = agents.find(row.id());
    if (changed) {
      filters.clear(agent);
    }
    candidates.visitSoon(agent);
    candidates.roomMayHaveGrown();
  }

  private void order(AgentEntry agent, io.proffer.master.core.fact.Orders ordered) {
    if (agent != null && agent.order(ordered)) {
      candidates.visitSoon(agent);
    }
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
    filters.clear(agent);
    candidates.forget(agent);
    agents.remove(agent);
    candidates.roomMayHaveGrown();
  }

  private void followOffer(OfferEvent event) {
    switch (event) {
      case OfferEvent.Made(var offer) -> make(offer);
      case OfferEvent.Ended ended -> offers.ended(ended);
      case OfferEvent.Returned returned -> takeBack(returned);
    }
  }

  private void make(Offer offer) {
    var resources = slice.made(offer);
    var agent = agents.find(offer.agent());
    if (agent != null) {
      var client = roster.findOrAdd(offer.framework(), offer.role());
      client.countAllocation(1);
      ledger.take(client, agent, resources);
      offers.made(offer.id(), client, agent);
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
    var refusedFor = event.refusedForNanos();
    if (refusedFor.isPresent() && client.subscribed() && client.framework().connected()) {
      filters.add(client, agent, resources, refusalEndNanos(refusedFor.getAsLong()));
    }
    switch (event.cause()) {
      case FREED -> candidates.visitSoon(agent);
      case UNUSED -> candidates.visitLater(agent);
    }
    roster.tidy(client);
    candidates.roomMayHaveGrown();
  }

  /** Runs that others ask for before the next periodic one do not bring back what was declined. */
  private long refusalEndNanos(long refusedFor) {
    return refusedFor == 0
        ? candidates.nextPeriodicNanos() - 1
        : lastHeard + Math.max(refusedFor, minRefusalNanos);
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
