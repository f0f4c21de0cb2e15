package io.proffer.master.core.allocator;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Quantities;
import io.proffer.api.resource.Resources;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.AgentLink;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What everybody holds, and the orders that follow from it, computed from scratch. */
final class NaiveShares {
  private record Member(FrameworkId framework, String role) {}

  /** A fraction of any size. */
  private record Share(long part, long whole) implements Comparable<Share> {
    @Override
    public int compareTo(Share other) {
      return product(part, other.whole).compareTo(product(other.part, whole));
    }

    private static BigInteger product(long left, long right) {
      return BigInteger.valueOf(left).multiply(BigInteger.valueOf(right));
    }
  }

  private final Map<Key, Resources> holdings = new LinkedHashMap<>();
  private final Map<Member, Long> counts = new LinkedHashMap<>();
  private final Map<String, Long> roleCounts = new LinkedHashMap<>();

  NaiveShares copy() {
    var copy = new NaiveShares();
    copy.holdings.putAll(holdings);
    copy.counts.putAll(counts);
    copy.roleCounts.putAll(roleCounts);
    return copy;
  }

  void take(Key key, Resources resources) {
    holdings.merge(key, resources, Resources::plus);
    counts.merge(new Member(key.framework(), key.role()), 1L, Long::sum);
    roleCounts.merge(key.role(), 1L, Long::sum);
  }

  boolean holds(Key key) {
    return holdings.keySet().stream()
        .anyMatch(k -> k.framework().equals(key.framework()) && k.role().equals(key.role()));
  }

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

  /** Whoever neither wants nor holds anything under a role is counted from nothing when back. */
  void forgetCounts(Predicate<Key> unwanted) {
    var none = new AgentId("");
    counts
        .keySet()
        .removeIf(
            member -> {
              var key = new Key(member.framework(), member.role(), none);
              return unwanted.test(key) && !holds(key);
            });
  }

  /** A role nobody is in is counted from nothing when back. */
  void forgetRoles(Predicate<String> unwanted) {
    roleCounts
        .keySet()
        .removeIf(
            role ->
                unwanted.test(role)
                    && holdings.keySet().stream().noneMatch(key -> key.role().equals(role)));
  }

  Resources usedOf(AgentId agent) {
    var used = Resources.empty();
    for (var entry : holdings.entrySet()) {
      if (entry.getKey().agent().equals(agent)) {
        used = used.plus(entry.getValue());
      }
    }
    return used;
  }

  List<String> roleOrder(Map<String, List<FrameworkId>> active, List<Resources> totals) {
    var shares = new TreeMap<String, Share>();
    for (var role : active.keySet()) {
      shares.put(role, share(key -> key.role().equals(role), totals));
    }
    return ordered(shares.keySet(), Comparator.comparing(shares::get), this::countOf);
  }

  private long countOf(String role) {
    return roleCounts.getOrDefault(role, 0L);
  }

  List<FrameworkId> frameworkOrder(String role, List<FrameworkId> active, List<Resources> totals) {
    var shares = new TreeMap<FrameworkId, Share>();
    for (var id : active) {
      shares.put(id, share(key -> key.of(id) && key.role().equals(role), totals));
    }
    return ordered(
        shares.keySet(),
        Comparator.comparing(shares::get),
        id -> counts.getOrDefault(new Member(id, role), 0L));
  }

  private static <T extends Comparable<? super T>> List<T> ordered(
      Collection<T> all, Comparator<T> byShare, java.util.function.ToLongFunction<T> count) {
    var list = new ArrayList<>(all);
    list.sort(byShare.thenComparingLong(count).thenComparing(Comparator.naturalOrder()));
    return list;
  }

  private Share share(Predicate<Key> whose, List<Resources> totals) {
    var mine = Quantities.empty();
    for (var entry : holdings.entrySet()) {
      if (whose.test(entry.getKey())) {
        mine = mine.plus(entry.getValue().quantities());
      }
    }
    var all =
        totals.stream().map(Resources::quantities).reduce(Quantities.empty(), Quantities::plus);
    var share = new Share(0, 1);
    for (int i = 0; i < mine.size(); i++) {
      long whole = all.get(mine.name(i));
      var other = new Share(mine.amount(i), Math.max(whole, 1));
      share = whole > 0 && other.compareTo(share) > 0 ? other : share;
    }
    return share;
  }

  static Agent disconnected(Agent row, Instant since) {
    return row.withLink(new AgentLink.Disconnected(since));
  }
}
