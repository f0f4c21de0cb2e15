package io.proffer.master.core.allocator;

import io.proffer.api.resource.Element;
import io.proffer.api.resource.Resources;
import io.proffer.api.resource.ScalarAmount;
import java.util.Arrays;

/** Thousandths per resource name, the names being numbered by {@link ClusterTotal}. */
final class Amounts {
  /**
   * More than any real agent has of anything; a sum of half a million such elements still fits a
   * long, so that an agent that boasts cannot spoil the shares of everybody.
   */
  private static final long ELEMENT_MAX = 1L << 44;

  private long[] amounts = new long[4];

  /** How much of this name; 0 of names never seen. */
  long get(int name) {
    return name < amounts.length ? amounts[name] : 0;
  }

  /** Adds the scalars of a collection so many times; a shared resource counts once in it. */
  void add(Resources resources, int times, ClusterTotal names) {
    for (var element : resources) {
      add(element, times, names);
    }
  }

  /**
   * Adds, so many times, what counts for quota: scalars that nobody reserved and nobody may take
   * back.
   */
  void addUnreserved(Resources resources, int times, ClusterTotal names) {
    for (var element : resources) {
      if (element.countsForQuota()) {
        add(element, times, names);
      }
    }
  }

  /** Whether nothing is left of anything. */
  boolean isZero() {
    for (long amount : amounts) {
      if (amount != 0) {
        return false;
      }
    }
    return true;
  }

  /** Adds so many thousandths of one name. */
  void add(int name, long thousandths) {
    if (name >= amounts.length) {
      amounts = Arrays.copyOf(amounts, Math.max(name + 1, 2 * amounts.length));
    }
    amounts[name] += thousandths;
  }

  /** Adds one element so many times, if it is a scalar. */
  void add(Element element, int times, ClusterTotal names) {
    if (element.amount() instanceof ScalarAmount(var thousandths)) {
      add(names.number(element.name()), times * Math.min(thousandths, ELEMENT_MAX));
    }
  }
}
