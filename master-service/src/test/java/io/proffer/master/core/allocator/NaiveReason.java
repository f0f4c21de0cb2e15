package io.proffer.master.core.allocator;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Resources;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Reason;
import java.util.List;

/** What stands between a framework and an offer, by the rules of a run and not by its shortcuts. */
final class NaiveReason {
  private final NaiveState state;
  private final NaivePolicy policy;
  private final long seed;
  private final long now;
  private final NaiveRun run;

  /** As the next run would find things, if it had this seed. */
  NaiveReason(NaiveState state, NaivePolicy policy, long seed, long now) {
    this.state = state;
    this.policy = policy;
    this.seed = seed;
    this.now = now;
    run = new NaiveRun(state, policy, seed);
  }

  Reason of(Key key, boolean paused) {
    var row = state.frameworks.get(key.framework());
    var role = key.role();
    if (!row.connected()) {
      return Reason.NOT_CONNECTED;
    }
    if (!row.roles().contains(role)) {
      return Reason.NOT_SUBSCRIBED;
    }
    if (row.suppressed().contains(role)) {
      return Reason.SUPPRESSED;
    }
    if (paused) {
      return Reason.PAUSED_FOR_RECOVERY;
    }
    var agent = state.agents.get(key.agent());
    if (!agent.active()) {
      return Reason.AGENT_INACTIVE;
    }
    if (!state.isWhitelisted(agent)) {
      return Reason.AGENT_NOT_WHITELISTED;
    }
    return NaiveSuitability.objection(state.settings, row, role, agent)
        .orElseGet(() -> ofWhatIsLeft(row, agent, key));
  }

  private Reason ofWhatIsLeft(Framework row, Agent agent, Key key) {
    var left = state.books.left(agent.id(), agent.total());
    if (left.isEmpty()) {
      return state.open.containsValue(key) ? Reason.OFFERED : Reason.NOTHING_LEFT;
    }
    var all = run.candidate(agent, key);
    if (all.isEmpty()) {
      return left.stream().anyMatch(element -> element.kind().isAllocatableTo(key.role()))
          ? Reason.CAPABILITY
          : Reason.RESERVED_FOR_OTHERS;
    }
    if (!isWorthIt(row, key, all)) {
      return Reason.BELOW_MINIMUM;
    }
    if (isFree(row, key, run.guaranteed(agent, key))) {
      return inTheQueue(key);
    }
    if (!isWorthIt(row, key, run.underLimits(agent, key))) {
      return Reason.QUOTA_LIMIT;
    }
    var rest = run.fair(agent, key);
    if (!isWorthIt(row, key, rest)) {
      return Reason.HEADROOM;
    }
    return isFree(row, key, rest) ? inTheQueue(key) : Reason.REFUSED;
  }

  private boolean isWorthIt(Framework row, Key key, Resources offer) {
    return NaiveSuitability.isWorthIt(state.settings, row, key.role(), offer);
  }

  private boolean isFree(Framework row, Key key, Resources offer) {
    return isWorthIt(row, key, offer)
        && state.refusals.stream()
            .noneMatch(
                r -> r.deadline() >= now && r.key().equals(key) && r.resources().contains(offer));
  }

  private Reason inTheQueue(Key key) {
    var active = state.active();
    var tree = new NaiveTree(policy, state, state.books, active.keySet(), seed, key.agent());
    var role = tree.roles().getFirst();
    FrameworkId first = tree.frameworks(role, active.get(role)).getFirst();
    boolean alone = active.values().stream().mapToInt(List::size).sum() == 1;
    boolean drawn = policy instanceof NaivePolicy.Random;
    boolean isHead = !drawn && role.equals(key.role()) && first.equals(key.framework());
    return alone || isHead ? Reason.NEXT_RUN : Reason.BEHIND;
  }
}
