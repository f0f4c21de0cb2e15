package io.proffer.master.core.allocator;

import io.proffer.master.core.allocator.policy.Policy;
import io.proffer.master.core.allocator.policy.Rank;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps sharers in the order of their ranks (allocator, section 3), and moves only those that
 * changed.
 *
 * <p>The list holds active sharers only; the others keep their amounts and come back with them.
 */
final class ShareSorter<T extends Sharer> {
  private final ClusterTotal total;
  private final Policy policy;
  private List<T> order = new ArrayList<>();
  private final List<T> stale = new ArrayList<>();
  private long totalVersion = -1;

  ShareSorter(ClusterTotal total, Policy policy) {
    this.total = total;
    this.policy = policy;
  }

  boolean isEmpty() {
    return order.isEmpty();
  }

  /**
   * All listed, the one to be served first at the head. The list stays as it is until this is
   * called again.
   */
  List<T> order() {
    if (totalVersion != total.version() || stale.size() > 1 + order.size() / 16) {
      sortAnew();
    } else if (!stale.isEmpty()) {
      stale.forEach(this::move);
      stale.clear();
    }
    return order;
  }

  /** Whoever is to be served first, without changing any order; there must be somebody. */
  T first() {
    T first = null;
    Rank best = null;
    for (var sharer : order) {
      var rank = policy.rank(sharer);
      int byRank = best == null ? -1 : rank.compareTo(best);
      if (byRank < 0 || (byRank == 0 && sharer.compareTied(first) < 0)) {
        first = sharer;
        best = rank;
      }
    }
    return first;
  }

  /** All listed, in no order that means anything. The list is never changed. */
  List<T> members() {
    return order;
  }

  /** Lists it; it must not be listed. */
  void add(T sharer) {
    sharer.setListed(true);
    sharer.renewRank(policy);
    // A copy, because somebody may still be reading the order it was in.
    var longer = new ArrayList<T>(order.size() + 1);
    longer.addAll(order);
    longer.add(place(longer, sharer), sharer);
    order = longer;
  }

  /** Unlists it, if it is listed. */
  void remove(T sharer) {
    if (!sharer.isListed()) {
      return;
    }
    var shorter = new ArrayList<T>(order);
    shorter.remove(place(shorter, sharer));
    stale.remove(sharer);
    sharer.setListed(false);
    sharer.renewRank(policy);
    order = shorter;
  }

  /** Notes that its amounts, weight or allocations changed. */
  void changed(T sharer) {
    if (sharer.isListed() && sharer.markStale()) {
      stale.add(sharer);
    }
  }

  private void move(T sharer) {
    order.remove(place(order, sharer));
    sharer.renewRank(policy);
    order.add(place(order, sharer), sharer);
  }

  private void sortAnew() {
    stale.clear();
    for (var sharer : order) {
      sharer.renewRank(policy);
    }
    order.sort(Sharer::compareRanks);
    totalVersion = total.version();
  }

  /** Where a sharer with this key is, or belongs. Keys differ at least in the name. */
  private static <T extends Sharer> int place(List<T> list, T sharer) {
    int low = 0;
    int high = list.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (list.get(middle).compareRanks(sharer) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
