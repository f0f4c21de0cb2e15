package io.proffer.master.core.fact;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What operators said about roles, by role. One whose weight or quota was ever set stays here, back
 * at the default too.
 */
public record RoleSettings(SortedMap<String, Double> weights, SortedMap<String, Quota> quotas) {
  public RoleSettings {
    weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
    quotas = Collections.unmodifiableSortedMap(new TreeMap<>(quotas));
  }

  /** Nobody said anything. */
  public static RoleSettings none() {
    return new RoleSettings(Collections.emptySortedMap(), Collections.emptySortedMap());
  }
}
