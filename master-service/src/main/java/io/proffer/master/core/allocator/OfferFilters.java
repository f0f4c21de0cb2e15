package io.proffer.master.core.allocator;

import io.proffer.api.resource.Resources;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What frameworks refused, by framework, role and agent (allocator, section 6).
 *
 * <p>A refusal stands in the way of an offer that lies wholly within it: if there is more of
 * anything, the offer goes out. Several may stand side by side.
 */
final class OfferFilters {
  private final int perAgentMax;
  private final int perFrameworkMax;
  private final Consumer<AgentEntry> forgotten;
  private final RefusalQueue queue = new RefusalQueue();

  /**
   * @param perAgentMax how many of one client and agent are kept
   * @param perFrameworkMax how many of one client are kept
   * @param forgotten told of agents of which a refusal was forgotten before its time
   */
  OfferFilters(int perAgentMax, int perFrameworkMax, Consumer<AgentEntry> forgotten) {
    this.forgotten = forgotten;
    this.perAgentMax = perAgentMax;
    this.perFrameworkMax = perFrameworkMax;
  }

  int size() {
    return queue.size();
  }

  /** Remembers a refusal, and forgets those it makes superfluous. */
  void add(Client client, AgentEntry agent, Resources refused, long deadlineNanos) {
    var added = new Refusal(client, agent, common(agent, refused), deadlineNanos);
    Refusal soonest = null;
    int count = 0;
    for (var old = agent.refusals.first(client); old != null; ) {
      var next = old.next;
      if (old.deadlineNanos - deadlineNanos >= 0 && old.covers(refused)) {
        return;
      }
      if (old.deadlineNanos - deadlineNanos <= 0 && added.covers(old.refused)) {
        remove(old);
      } else {
        count++;
        soonest = soonest == null || old.deadlineNanos - soonest.deadlineNanos < 0 ? old : soonest;
      }
      old = next;
    }
    if (soonest != null && count >= perAgentMax) {
      forget(soonest);
    }
    if (client.refusals.size() >= perFrameworkMax) {
      forget(client.refusals.oldest());
    }
    boolean isFirst = added.coversRest() && !isMute(client, agent);
    agent.refusals.add(added);
    client.refusals.add(added);
    queue.add(added);
    if (isFirst && client.isListed()) {
      agent.muteClients++;
    }
  }

  /** One object for the common cases makes the comparison cheap and the filter small. */
  @SuppressWarnings("ReferenceEquality")
  private Resources common(AgentEntry agent, Resources refused) {
    if (refused.equals(agent.available()) && agent.rest() != agent.available()) {
      agent.setRest();
    }
    if (refused.equals(agent.rest())) {
      return agent.rest();
    }
    return refused.equals(agent.total()) ? agent.total() : refused;
  }

  /** Whether the client refused these, or more, of the agent. */
  boolean block(Client client, AgentEntry agent, Resources resources) {
    for (var refusal = agent.refusals.first(client); refusal != null; refusal = refusal.next) {
      if (refusal.covers(resources)) {
        return true;
      }
    }
    return false;
  }

  /** When the last refusal that stands in the way of these ends; there must be one. */
  long blockedUntilNanos(Client client, AgentEntry agent, Resources resources) {
    Refusal last = null;
    for (var refusal = agent.refusals.first(client); refusal != null; refusal = refusal.next) {
      if (refusal.covers(resources)
          && (last == null || refusal.deadlineNanos - last.deadlineNanos > 0)) {
        last = refusal;
      }
    }
    return last.deadlineNanos;
  }

  /** Whether the client refused all of the rest of the agent, or more. */
  private static boolean isMute(Client client, AgentEntry agent) {
    return coversRest(agent.refusals.first(client));
  }

  /** Whether one of these of the same client and agent does. */
  private static boolean coversRest(Refusal first) {
    for (var refusal = first; refusal != null; refusal = refusal.next) {
      if (refusal.coversRest()) {
        return true;
      }
    }
    return false;
  }

  /** The client has begun or ceased to want offers. */
  void listed(Client client) {
    if (client.refusals.size() == 0) {
      return;
    }
    int change = client.isListed() ? 1 : -1;
    for (var refusal = client.refusals.oldest(); refusal != null; refusal = refusal.newer) {
      // Of several that cover the rest only one counts.
      if (refusal.coversRest() && isFirstMute(refusal)) {
        refusal.agent.muteClients += change;
      }
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean isFirstMute(Refusal refusal) {
    var first = refusal.agent.refusals.first(refusal.client);
    while (!first.coversRest()) {
      first = first.next;
    }
    return first == refusal;
  }

  /** Counts who refused all of the rest, if that is not known; returns how many were looked at. */
  int count(AgentEntry agent) {
    if (agent.muteClientsKnown) {
      return 0;
    }
    agent.muteClientsKnown = true;
    agent.muteClients = 0;
    int looked = 0;
    for (var first : agent.refusals.firsts()) {
      looked++;
      if (first.client.isListed() && coversRest(first)) {
        agent.muteClients++;
      }
    }
    return looked;
  }

  /** Forgets all of a client. */
  void clear(Client client) {
    while (client.refusals.size() > 0) {
      remove(client.refusals.oldest());
    }
  }

  /** Forgets all that was refused of an agent. */
  void clear(AgentEntry agent) {
    for (var first : agent.refusals.firsts()) {
      for (var refusal = first; refusal != null; ) {
        var next = refusal.next;
        remove(refusal);
        refusal = next;
      }
    }
  }

  /**
   * Forgets those that ended before this time, and tells each; false when the budget was spent
   * before that was done.
   */
  boolean expire(long nowNanos, Budget budget, Consumer<Refusal> told) {
    for (var first = queue.first();
        first != null && first.deadlineNanos - nowNanos < 0;
        first = queue.first()) {
      if (budget.spent()) {
        return false;
      }
      budget.expire();
      remove(first);
      told.accept(first);
    }
    return true;
  }

  /** When the first one ends. */
  OptionalLong nextDeadlineNanos() {
    var first = queue.first();
    return first == null ? OptionalLong.empty() : OptionalLong.of(first.deadlineNanos);
  }

  /** Before its time, because there are too many. */
  private void forget(Refusal refusal) {
    remove(refusal);
    forgotten.accept(refusal.agent);
  }

  private void remove(Refusal refusal) {
    boolean mute = refusal.coversRest();
    queue.remove(refusal);
    refusal.agent.refusals.remove(refusal);
    refusal.client.refusals.remove(refusal);
    if (mute && refusal.client.isListed() && !isMute(refusal.client, refusal.agent)) {
      refusal.agent.muteClients--;
    }
  }
}
