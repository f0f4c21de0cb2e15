package io.proffer.master.core.allocator;

import io.proffer.api.resource.Resources;
import io.proffer.master.core.fact.Offer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One slice of a run: examines clients until the budget is spent.
 *
 * <p>Each grant counts for the next decisions of the slice, but is taken back at its end: it
 * becomes true only when an offer is made of it.
 */
final class Slice {
  private final RoleTree roles;
  private final Examiner examiner;
  private final Ledger ledger;
  private final Throttle throttle;

  /** Told of agents that a later run must visit once more. */
  private final Consumer<AgentEntry> visitLater;

  /** Told of whom a later run must examine once more on an agent that did not change. */
  private final BiConsumer<Client, AgentEntry> drawAgain;

  /** Grants of the last slice no offer was made of yet, in order. */
  private final ArrayDeque<Issued> issued = new ArrayDeque<>();

  Slice(
      RoleTree roles,
      Examiner examiner,
      Ledger ledger,
      Throttle throttle,
      Consumer<AgentEntry> visitLater,
      BiConsumer<Client, AgentEntry> drawAgain) {
    this.roles = roles;
    this.examiner = examiner;
    this.ledger = ledger;
    this.throttle = throttle;
    this.visitLater = visitLater;
    this.drawAgain = drawAgain;
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

  /** Forgets the grants that became no offers; their agents are visited again. */
  void dropUnmade() {
    issued.forEach(unmade -> visitLater.accept(unmade.draft().agent()));
    issued.clear();
  }

  List<Grant> go(Run run, Budget budget) {
    var drafts = new ArrayList<Draft>();
    while (!run.done() && !budget.spent()) {
      if (run.atDraw()) {
        run.draw(budget);
      } else if (run.atEndOfGuarantees()) {
        run.beginFairShare();
      } else {
        visit(run, budget, drafts);
      }
    }
    throttle.endSlice();
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
      draft.client().countAllocation(-1);
      ledger.giveBack(draft.client(), draft.agent(), draft.resources());
    }
    return grants;
  }

  private void visit(Run run, Budget budget, List<Draft> drafts) {
    var agent = run.agent();
    budget.pass(examiner.countRefusers(agent));
    boolean something = hasSomethingFor(agent);
    if (run.atNewAgent()) {
      budget.pass();
      if (something) {
        run.visit(budget);
      }
    }
    while (something && !run.exhausted()) {
      if (budget.spent()) {
        return;
      }
      var client = run.next(budget);
      if (client == null) {
        continue;
      }
      var resources = examiner.candidate(client, agent, run.number(), run.guarantees(), run.seed());
      budget.examine(examiner.takeUnitsOfConstraints());
      if (examiner.wasCut()) {
        var charge = client.role().charge();
        throttle.note(charge);
        if (examiner.wasDrawn() || charge.fellIn(run.number())) {
          drawAgain.accept(client, agent);
        }
      }
      if (!resources.isEmpty()) {
        var draft = new Draft(client, agent, resources);
        budget.grant();
        drafts.add(draft);
        client.countAllocation(1);
        ledger.take(client, agent, resources);
        if (agent.noteSharedOffered(resources, run.number())) {
          // Others may have it too, but in other runs.
          visitLater.accept(agent);
        }
        something = hasSomethingFor(agent);
      }
    }
    run.leaveAgent();
  }

  /** Whether there is enough left of it for anybody, and not everybody refused all of it. */
  private boolean hasSomethingFor(AgentEntry agent) {
    return agent.active()
        && !agent.available().isEmpty()
        && (agent.muteClients < roles.listedClients() || !agent.isWithinRest())
        && roles.minimums().mayBeEnough(agent.available());
  }
}
