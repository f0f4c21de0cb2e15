package io.proffer.master.core.state;

import io.proffer.kernel.Undo;
import io.proffer.master.core.fact.Quota;
import io.proffer.master.core.fact.RoleSettings;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Weights and quotas, in the order of roles. A role whose weight or quota was ever set stays known.
 */
public final class Roles {
  /** The weight of a role that was given none. */
  public static final double DEFAULT_WEIGHT = 1.0;

  private final Undo undo;
  private final TreeMap<String, Double> weights = new TreeMap<>();
  private final TreeMap<String, Quota> quotas = new TreeMap<>();

  /** What readers see; null after a write. */
  private RoleSettings latest = RoleSettings.none();

  Roles(Undo undo) {
    this.undo = undo;
  }

  /** The weight that was set for the role, if one ever was. */
  public Optional<Double> weight(String role) {
    return Optional.ofNullable(weights.get(role));
  }

  /** The quota of the role; the default one when none was ever set. */
  public Quota quota(String role) {
    return quotas.getOrDefault(role, Quota.none(role));
  }

  /** All quotas that were ever set, by role. */
  public SortedMap<String, Quota> quotas() {
    return Collections.unmodifiableSortedMap(quotas);
  }

  /** Whether a weight or quota of the role was ever set. */
  public boolean isKnown(String role) {
    return weights.containsKey(role) || quotas.containsKey(role);
  }

  /** All there is now, for any thread. */
  public RoleSettings snapshot() {
    if (latest == null) {
      latest = new RoleSettings(weights, quotas);
    }
    return latest;
  }

  void setWeight(String role, double weight) {
    put(weights, role, weight);
  }

  void setQuota(Quota quota) {
    put(quotas, quota.role(), quota);
  }

  private <V> void put(SortedMap<String, V> table, String role, V value) {
    latest = null;
    var old = table.put(role, value);
    undo.record(
        () -> {
          latest = null;
          if (old == null) {
            table.remove(role);
          } else {
            table.put(role, old);
          }
        });
  }
}
