package io.proffer.master.core.allocator.policy;

/**
 * Ranks those who compete for the resources of an agent: the smallest rank is served first. Equal
 * ranks: whoever had fewer allocations so far, then the name.
 *
 * <p>Called on the master's one thread, very often: it must be fast, must not block, and may depend
 * on nothing but the standing, or a simulated run could not be repeated.
 */
public interface Policy {

  /** The rank of somebody, as it stands now. */
  Rank rank(Standing standing);

  /**
   * Whether ranks are drawn: then all active roles are ranked side by side, not along the tree, and
   * anew for each agent. Otherwise the rank may only depend on what changes with allocations,
   * weights and totals, and siblings in the tree of roles compete with each other; the order is
   * kept, and whoever's standing changed is moved.
   */
  default boolean drawn() {
    return false;
  }
}
