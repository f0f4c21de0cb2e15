package io.proffer.master.core.allocator;

import io.proffer.api.resource.Resources;
import io.proffer.master.core.fact.Offer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One slice of a run: examines clients until the budget is spent.
 *
 * <p>Each grant counts for the next decisions of the slice, but is taken back at its end: it
 * becomes true only when an offer is made of it.
 */
final class Slice {
  private final RoleTree roles;
  private final OfferFilters filters;
  private final Ledger ledger;

  /** Grants of the last slice no offer was made of yet, in order. */
  private final ArrayDeque<Issued> issued = new ArrayDeque<>();

  Slice(RoleTree roles, OfferFilters filters, Ledger ledger) {
    this.roles = roles;
    this.filters = filters;
    this.ledger = ledger;
  }

  /** A grant as long as it is only thought of; resources without allocation. */
  private record Draft(Client client, AgentEntry agent, Resources resources) {}

  private record Issued(Grant grant, Draft draft) {}

  /** What an offer takes, without allocation; most offers are made of the grant that is next. */
  @SuppressWarnings("ReferenceEquality")
  Resources made(Offer offer) {
    var next = issued.peek();
    if (next == null || next.grant().resources() != offer.resources()) {
      return offer.resources().withoutAllocation();
    }
    return issued.remove().draft().resources();
  }

  /** Whether some grants became no offers. */
  boolean hasUnmade() {
    return !issued.isEmpty();
  }

  /** Forgets the grants that became no offers, and tells the agent of each. */
  void dropUnmade(Consumer<AgentEntry> told) {
    issued.forEach(unmade -> told.accept(unmade.draft().agent()));
    issued.clear();
  }

  List<Grant> go(Run run, Budget budget) {
    var drafts = new ArrayList<Draft>();
    while (!run.done() && !budget.spent()) {
      visit(run, budget, drafts);
    }
    var grants = new ArrayList<Grant>(drafts.size());
    for (var draft : drafts) {
      var role = draft.client().role().name();
      var grant =
          new Grant(
              draft.client().framework().id(),
              role,
              draft.agent().id(),
              draft.resources().withAllocation(role));
      grants.add(grant);
      issued.add(new Issued(grant, draft));
      count(draft, -1);
      ledger.giveBack(draft.client(), draft.agent(), draft.resources());
    }
    return grants;
  }

  private void visit(Run run, Budget budget, List<Draft> drafts) {
    var agent = run.agent();
    if (run.atNewAgent()) {
      budget.pass();
      run.visit(roles.order());
    }
    boolean something = agent.active() && !agent.available().isEmpty();
    while (something && !run.exhausted()) {
      if (budget.spent()) {
        return;
      }
      var client = run.next(budget);
      if (client == null) {
        continue;
      }
      budget.examine();
      var resources = examine(client, agent, run.number());
      if (!resources.isEmpty()) {
        var draft = new Draft(client, agent, resources);
        budget.grant();
        drafts.add(draft);
        count(draft, 1);
        ledger.take(client, agent, resources);
        agent.noteSharedOffered(resources, run.number());
        something = !agent.available().isEmpty();
      }
    }
    run.leaveAgent();
  }

  /** What the client is to be offered of the agent; empty for nothing. */
  private Resources examine(Client client, AgentEntry agent, long run) {
    if (!agent.traits().suit(client) || client.excludes(agent)) {
      return Resources.empty();
    }
    var resources = agent.availableTo(client, run);
    if (!client.minAllocatable().allows(resources) || filters.block(client, agent, resources)) {
      return Resources.empty();
    }
    return resources;
  }

  private void count(Draft draft, int change) {
    draft.client().countAllocations(change);
    draft.client().role().countAllocations(change);
  }
}
