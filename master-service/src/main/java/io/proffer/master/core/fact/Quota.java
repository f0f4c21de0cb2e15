package io.proffer.master.core.fact;

import io.proffer.api.resource.Quantities;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is kept for a role, and what it may have at most.
 *
 * @param guarantees thousandths by name
 * @param limits thousandths by name; a name that is not there is unlimited, 0 means nothing
 */
public record Quota(String role, Quantities guarantees, SortedMap<String, Long> limits) {
  public Quota {
    limits = Collections.unmodifiableSortedMap(new TreeMap<>(limits));
  }

  /** That of a role nobody said anything about. */
  public static Quota none(String role) {
    return new Quota(role, Quantities.empty(), Collections.emptySortedMap());
  }

  /** Whether nothing is kept for the role and nothing denied it. */
  public boolean isDefault() {
    return guarantees.isEmpty() && limits.isEmpty();
  }
}
