package io.proffer.master.core.allocator.policy;

import java.util.List;

/** Dominant resource fairness: the smallest dominant share, divided by the weight, comes first. */
public final class FairPolicy implements Policy {

  /** Makes it; there is nothing to set up. */
  public static final class Provider implements PolicyProvider {
    @Override
    public List<String> names() {
      return List.of("hierarchical", "HierarchicalDRF");
    }

    @Override
    public Policy create(String options) {
      Options.refuse("hierarchical", options);
      return new FairPolicy();
    }
  }

  @Override
  public Rank rank(Standing standing) {
    return Rank.of(standing.dominantShare().dividedBy(standing.weight()));
  }
}
