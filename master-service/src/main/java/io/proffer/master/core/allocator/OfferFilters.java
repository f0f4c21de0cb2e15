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
  private final RefusalQueue queue = new RefusalQueue();

  /**
   * @param perAgentMax how many of one client and agent are kept
   */
  OfferFilters(int perAgentMax) {
    this.perAgentMax = perAgentMax;
  }

  int size() {
    return queue.size();
  }

  /** Remembers a refusal, and forgets those it makes superfluous. */
  void add(Client client, AgentEntry agent, Resources refused, long deadlineNanos) {
    // One object for the common case makes the comparison cheap and the filter small.
    var added =
        new Refusal(
            client, agent, refused.equals(agent.total()) ? agent.total() : refused, deadlineNanos);
    Refusal kept = null;
    Refusal soonest = null;
    int count = 0;
    for (var old = client.refusals.get(agent); old != null; ) {
      var next = old.next;
      if (old.deadlineNanos - deadlineNanos >= 0 && old.covers(refused)) {
        return;
      }
      if (old.deadlineNanos - deadlineNanos <= 0 && added.covers(old.refused)) {
        unlink(old);
      } else {
        count++;
        kept = old;
        soonest = soonest == null || old.deadlineNanos - soonest.deadlineNanos < 0 ? old : soonest;
      }
      old = next;
    }
    if (kept != null && count >= perAgentMax) {
      unlink(soonest);
    }
    added.next = client.refusals.get(agent);
    client.refusals.put(agent, added);
    queue.add(added);
  }

  /** Whether the client refused these, or more, of the agent. */
  boolean block(Client client, AgentEntry agent, Resources resources) {
    for (var refusal = client.refusals.get(agent); refusal != null; refusal = refusal.next) {
      if (refusal.covers(resources)) {
        return true;
      }
    }
    return false;
  }

  /** Forgets all of a client. */
  void clear(Client client) {
    for (var chain : client.refusals.values()) {
      dequeue(chain);
    }
    client.refusals.clear();
  }

  /** Forgets what a client refused of an agent. */
  void clear(Client client, AgentEntry agent) {
    dequeue(client.refusals.remove(agent));
  }

  /** Forgets those that ended before this time, and tells each. */
  void expire(long nowNanos, Consumer<Refusal> told) {
    for (var first = queue.first();
        first != null && first.deadlineNanos - nowNanos < 0;
        first = queue.first()) {
      unlink(first);
      told.accept(first);
    }
  }

  /** When the first one ends. */
  OptionalLong nextDeadlineNanos() {
    var first = queue.first();
    return first == null ? OptionalLong.empty() : OptionalLong.of(first.deadlineNanos);
  }

  private void dequeue(Refusal chain) {
    for (var refusal = chain; refusal != null; refusal = refusal.next) {
      queue.remove(refusal);
    }
  }

  private void unlink(Refusal refusal) {
    queue.remove(refusal);
    var refusals = refusal.client.refusals;
    var head = refusals.get(refusal.agent);
    if (head != refusal) {
      var before = head;
      while (before.next != refusal) {
        before = before.next;
      }
      before.next = refusal.next;
    } else if (refusal.next == null) {
      refusals.remove(refusal.agent);
    } else {
      refusals.put(refusal.agent, refusal.next);
    }
  }
}
