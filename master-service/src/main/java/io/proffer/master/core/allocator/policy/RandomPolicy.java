package io.proffer.master.core.allocator.policy;

import java.util.List;

/**
 * Weighted chance: for each agent all active roles are shuffled anew, one of twice the relative
 * weight being twice as likely to come first; frameworks of a role likewise, all with one weight.
 */
public final class RandomPolicy implements Policy {

  /** Makes it; there is nothing to set up. */
  public static final class Provider implements PolicyProvider {
    @Override
    public List<String> names() {
      return List.of("random");
    }

    @Override
    public Policy create(String options) {
      Options.refuse("random", options);
      return new RandomPolicy();
    }
  }

  /** The first of exponential waiting times with these rates is a draw by weight. */
  @Override
  public Rank rank(Standing standing) {
    return Rank.of(Share.of(-StrictMath.log(standing.draw()) / standing.relativeWeight()));
  }

  @Override
  public boolean drawn() {
    return true;
  }
}
