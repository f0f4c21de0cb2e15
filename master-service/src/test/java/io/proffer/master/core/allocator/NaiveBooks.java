package io.proffer.master.core.allocator;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Quantities;
import io.proffer.api.resource.Resources;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What everybody holds, and how often each was given something. No sum is kept. */
final class NaiveBooks {
  /** A framework in a role. */
  record Member(FrameworkId framework, String role) {}

  private final Map<Key, Resources> holdings = new LinkedHashMap<>();
  private final Map<Member, Long> memberCounts = new LinkedHashMap<>();
  private final Map<String, Long> nodeCounts = new LinkedHashMap<>();

  NaiveBooks copy() {
    var copy = new NaiveBooks();
    copy.holdings.putAll(holdings);
    copy.memberCounts.putAll(memberCounts);
    copy.nodeCounts.putAll(nodeCounts);
    return copy;
  }

  /** Somebody has something that was never offered; without allocation. */
  void use(Key key, Resources resources) {
    holdings.merge(key, resources, Resources::plus);
  }

  /** Somebody is given something; without allocation. */
  void take(Key key, Resources resources) {
    use(key, resources);
    memberCounts.merge(new Member(key.framework(), key.role()), 1L, Long::sum);
    for (var node : NaivePaths.nodesOf(key.role())) {
      nodeCounts.merge(node, 1L, Long::sum);
    }
  }

  /** Something is free again; without allocation. What was not held changes nothing. */
  void giveBack(Key key, Resources resources) {
    var left = holdings.getOrDefault(key, Resources.empty()).minus(resources);
    if (left.isEmpty()) {
      holdings.remove(key);
    } else {
      holdings.put(key, left);
    }
  }

  void removeIf(Predicate<Key> gone) {
    holdings.keySet().removeIf(gone);
  }

  boolean holds(FrameworkId framework, String role) {
    return members().contains(new Member(framework, role));
  }

  private Set<Member> members() {
    var members = new LinkedHashSet<Member>();
    holdings.keySet().forEach(key -> members.add(new Member(key.framework(), key.role())));
    return members;
  }

  /**
   * Who neither is subscribed nor holds anything, and nodes without anybody, count from nothing.
   */
  void forget(Set<Member> subscribed) {
    var living = members();
    living.addAll(subscribed);
    memberCounts.keySet().retainAll(living);
    nodeCounts
        .keySet()
        .removeIf(
            node -> living.stream().noneMatch(member -> NaivePaths.isIn(member.role(), node)));
  }

  long countOf(FrameworkId framework, String role) {
    return memberCounts.getOrDefault(new Member(framework, role), 0L);
  }

  long countOf(String node) {
    return nodeCounts.getOrDefault(node, 0L);
  }

  /** What of an agent is neither offered nor used; shared volumes always. */
  Resources left(AgentId agent, Resources total) {
    return total.minus(heldByAgent(key -> true).getOrDefault(agent, Resources.empty()).nonShared());
  }

  /** The sum of what these hold; a shared volume counts once for each agent. */
  Quantities sum(Predicate<Key> whose) {
    return heldByAgent(whose).values().stream()
        .map(Resources::quantities)
        .reduce(Quantities.empty(), Quantities::plus);
  }

  /** The unreserved amounts these hold that nobody can take back: what quota is about. */
  Quantities sumForQuota(Predicate<Key> whose) {
    return heldByAgent(whose).values().stream()
        .map(NaiveQuota::counted)
        .map(Resources::quantities)
        .reduce(Quantities.empty(), Quantities::plus);
  }

  private Map<AgentId, Resources> heldByAgent(Predicate<Key> whose) {
    var held = new LinkedHashMap<AgentId, Resources>();
    holdings.forEach(
        (key, resources) -> {
          if (whose.test(key)) {
            held.merge(key.agent(), resources, Resources::plus);
          }
        });
    return held;
  }
}
