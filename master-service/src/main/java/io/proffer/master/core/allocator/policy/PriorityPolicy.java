package io.proffer.master.core.allocator.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Strict priority: of two siblings in the tree of roles the one declared earlier is served before
 * the other as long as it wants anything; those not declared come after all declared ones.
 * Otherwise fair, within a role too.
 */
public final class PriorityPolicy implements Policy {
  private final Map<String, Integer> bands = new LinkedHashMap<>();
  private final FairPolicy fair = new FairPolicy();

  /**
   * @param roles full paths, the most important one first
   */
  public PriorityPolicy(List<String> roles) {
    for (var role : roles) {
      if (bands.putIfAbsent(role, bands.size()) != null) {
        throw new IllegalArgumentException(
            "Expected of 'priority' each role once, but got '" + role + "' twice");
      }
    }
  }

  /** Makes it of a list of roles by comma. */
  public static final class Provider implements PolicyProvider {
    @Override
    public List<String> names() {
      return List.of("priority");
    }

    @Override
    public Policy create(String options) {
      return new PriorityPolicy(Options.roles("priority", options));
    }
  }

  @Override
  public Rank rank(Standing standing) {
    int band = standing.isFramework() ? 0 : bands.getOrDefault(standing.path(), Integer.MAX_VALUE);
    return new Rank(band, fair.rank(standing).share());
  }
}
