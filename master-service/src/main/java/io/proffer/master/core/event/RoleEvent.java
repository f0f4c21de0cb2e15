package io.proffer.master.core.event;

import io.proffer.master.core.fact.Quota;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an operator said about roles. All of it is durable. */
public sealed interface RoleEvent extends Event, Durable {

  /**
   * Weights of these roles from now on; others keep theirs.
   *
   * @param weights by role; each positive and finite
   */
  record WeightsSet(SortedMap<String, Double> weights) implements RoleEvent {
    public WeightsSet {
      weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
    }
  }

  /**
   * Quotas of these roles from now on; others keep theirs.
   *
   * @param quotas no two of one role; a default one means that the role has none any more
   */
  record QuotasSet(List<Quota> quotas) implements RoleEvent {
    public QuotasSet {
      quotas = List.copyOf(quotas);
    }
  }
}
