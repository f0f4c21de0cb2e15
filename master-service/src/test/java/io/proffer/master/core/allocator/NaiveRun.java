package io.proffer.master.core.allocator;

import io.proffer.api.id.AgentId;
import io.proffer.api.resource.Quantities;
import io.proffer.api.resource.Resources;
import io.proffer.master.core.fact.Agent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One run: guarantees first, then fair share (section 4). What it grants counts at once. */
final class NaiveRun {
  private final NaiveState state;
  private final NaivePolicy policy;
  private final long seed;
  private final NaiveBooks books;
  private final NaiveQuota quota;
  private final Map<AgentId, Resources> sharedOffered = new LinkedHashMap<>();
  private final List<Grant> grants = new ArrayList<>();

  NaiveRun(NaiveState state, NaivePolicy policy, long seed) {
    this.state = state;
    this.policy = policy;
    this.seed = seed;
    books = state.books.copy();
    quota = new NaiveQuota(state, books);
  }

  List<Grant> grants(List<Agent> visited) {
    for (var agent : inOrder(visited, ~seed)) {
      serveGuarantees(agent);
    }
    for (var agent : inOrder(visited, seed)) {
      shareOut(agent);
    }
    return grants;
  }

  private static List<Agent> inOrder(List<Agent> agents, long stageSeed) {
    return agents.stream()
        .sorted(
            Comparator.<Agent>comparingLong(
                    agent -> KeyedHash.rank(stageSeed, KeyedHash.of(agent.id().value())))
                .thenComparing(Agent::id))
        .toList();
  }

  private void serveGuarantees(Agent agent) {
    var tree = tree(agent, ~seed);
    for (var role : tree.roles()) {
      var top = NaivePaths.top(role);
      if (!NaiveSuitability.knows(agent, role) || quota.unsatisfied(top).isEmpty()) {
        continue;
      }
      for (var id : tree.frameworks(role, state.active().get(role))) {
        var key = new Key(id, role, agent.id());
        grant(agent, key, guaranteed(agent, key));
      }
    }
  }

  private void shareOut(Agent agent) {
    var tree = tree(agent, seed);
    for (var role : tree.roles()) {
      if (!NaiveSuitability.knows(agent, role)) {
        continue;
      }
      for (var id : tree.frameworks(role, state.active().get(role))) {
        var key = new Key(id, role, agent.id());
        grant(agent, key, fair(agent, key));
      }
    }
  }

  /** What the client may have because it is guaranteed, with what goes along; else nothing. */
  Resources guaranteed(Agent agent, Key key) {
    var top = NaivePaths.top(key.role());
    var parts = new Parts(candidate(agent, key));
    var guaranteed = shrink(agent, parts.counted, quota.unsatisfied(top));
    if (guaranteed.isEmpty()) {
      return Resources.empty();
    }
    var given = guaranteed.quantities();
    var extra = extra(agent, top, parts.counted.minus(guaranteed), given);
    return parts.base.plus(guaranteed).plus(extra);
  }

  /** What it may have in fair shares. */
  Resources fair(Agent agent, Key key) {
    var parts = new Parts(candidate(agent, key));
    return parts.base.plus(
        extra(agent, NaivePaths.top(key.role()), parts.counted, Quantities.empty()));
  }

  /** The same if nothing had to be kept for guarantees. */
  Resources underLimits(Agent agent, Key key) {
    var parts = new Parts(candidate(agent, key));
    return parts.base.plus(
        limited(agent, NaivePaths.top(key.role()), parts.counted, Quantities.empty()));
  }

  private NaiveTree tree(Agent agent, long stageSeed) {
    return new NaiveTree(policy, state, books, state.active().keySet(), stageSeed, agent.id());
  }

  /** What quota is about, and all the rest. */
  private static final class Parts {
    final Resources counted;
    final Resources base;

    Parts(Resources all) {
      counted = NaiveQuota.counted(all);
      base = all.minus(counted);
    }
  }

  /** What of the agent's rest the client may have; nothing of an agent that does not suit it. */
  Resources candidate(Agent agent, Key key) {
    var row = state.frameworks.get(key.framework());
    if (!NaiveSuitability.suits(state.settings, row, key.role(), agent)) {
      return Resources.empty();
    }
    var offeredInRun = sharedOffered.getOrDefault(agent.id(), Resources.empty());
    return books
        .left(agent.id(), agent.total())
        .filter(e -> NaiveSuitability.mayHave(row.capabilities(), key.role(), e))
        .filter(
            e ->
                offeredInRun.stream()
                    .noneMatch(o -> o.kind().equals(e.kind()) && o.amount().equals(e.amount())));
  }

  /** As much as limits allow, and no more than what no guarantee needs. */
  private Resources extra(Agent agent, String top, Resources counted, Quantities given) {
    if (counted.isEmpty()) {
      return counted;
    }
    var extra = limited(agent, top, counted, given);
    return quota.required().isEmpty() ? extra : shrink(agent, extra, quota.surplus());
  }

  private Resources limited(Agent agent, String top, Resources counted, Quantities given) {
    return quota.isLimited(top)
        ? shrinker(agent).shrink(counted, name -> quota.limitLeft(top, name, given))
        : counted;
  }

  private Resources shrink(Agent agent, Resources resources, Quantities target) {
    return shrinker(agent).shrink(resources, target::get);
  }

  private NaiveShrink shrinker(Agent agent) {
    return new NaiveShrink(seed, agent.id());
  }

  /** Grants it, if it is worth an offer and not refused. */
  private void grant(Agent agent, Key key, Resources offer) {
    var row = state.frameworks.get(key.framework());
    if (NaiveSuitability.isWorthIt(state.settings, row, key.role(), offer)
        && !state.isRefused(key, offer)) {
      books.take(key, offer);
      sharedOffered.merge(agent.id(), offer.shared(), Resources::plus);
      var allocated = offer.withAllocation(key.role());
      grants.add(new Grant(key.framework(), key.role(), agent.id(), allocated));
    }
  }
}
