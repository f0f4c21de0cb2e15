package io.proffer.master.core.allocator;

import io.proffer.master.core.allocator.policy.Policy;
import io.proffer.master.core.allocator.policy.Rank;
import io.proffer.master.core.allocator.policy.Share;
import io.proffer.master.core.allocator.policy.Standing;

/**
 * Somebody who has a share and a place in an order: a node of the tree of roles, or a framework in
 * a role.
 *
 * <p>Its place follows from a rank that is renewed only by whoever keeps the order, so that the
 * order stays whole while amounts change.
 */
abstract class Sharer implements Standing {
  private static final Rank NO_RANK = Rank.of(Share.NONE);

  private final String name;
  private final ClusterTotal total;

  /** Of its name, for drawn orders. */
  private final long hash;

  /** Offered to it or used by it, whatever the reservation. */
  final Amounts allocated = new Amounts();

  private double weight = 1;
  private double relativeWeight = 1;
  private double draw = 0.5;

  /** How many allocations were ever made to it; only grows. */
  private long allocations;

  private Rank rank = NO_RANK;
  private Rank drawnRank = NO_RANK;
  private long rankedAllocations;
  private boolean listed;
  private boolean stale;

  /**
   * @param name breaks ties among those it competes with
   * @param drawnName by which its chance is drawn
   */
  Sharer(String name, String drawnName, ClusterTotal total) {
    this.name = name;
    this.total = total;
    this.hash = KeyedHash.of(drawnName);
  }

  final String name() {
    return name;
  }

  final void countAllocations(int change) {
    allocations += change;
  }

  final boolean isListed() {
    return listed;
  }

  final void setListed(boolean value) {
    listed = value;
  }

  final void setWeight(double value) {
    weight = value;
  }

  final void setRelativeWeight(double value) {
    relativeWeight = value;
  }

  /** Notes that its rank must be renewed. False when that was known. */
  final boolean markStale() {
    boolean first = !stale;
    stale = true;
    return first;
  }

  /**
   * Takes the present standing and number of allocations as the key of the kept order; of a policy
   * that draws that is an order of no meaning.
   */
  final void renewRank(Policy policy) {
    rank = policy.drawn() ? NO_RANK : policy.rank(this);
    rankedAllocations = allocations;
    stale = false;
  }

  /** Draws its place for the visit of an agent. */
  final void drawRank(Policy policy, long visitSeed) {
    draw = ((KeyedHash.rank(visitSeed, hash) >>> 11) + 0.5) * 0x1p-53;
    drawnRank = policy.rank(this);
  }

  /** The smaller drawn rank first, then fewer allocations, then the name. */
  final int compareDrawn(Sharer other) {
    int byRank = drawnRank.compareTo(other.drawnRank);
    return byRank != 0 ? byRank : compareTied(other);
  }

  /** Of two of one rank, as they stand now: fewer allocations first, then the name. */
  final int compareTied(Sharer other) {
    int count = Long.compare(allocations, other.allocations);
    return count != 0 ? count : name.compareTo(other.name);
  }

  /** The smaller rank first, then fewer allocations, then the name. */
  final int compareRanks(Sharer other) {
    int byRank = rank.compareTo(other.rank);
    if (byRank != 0) {
      return byRank;
    }
    int count = Long.compare(rankedAllocations, other.rankedAllocations);
    return count != 0 ? count : name.compareTo(other.name);
  }

  @Override
  public final double weight() {
    return weight;
  }

  @Override
  public final long allocations() {
    return allocations;
  }

  @Override
  public final double relativeWeight() {
    return relativeWeight;
  }

  @Override
  public final double draw() {
    return draw;
  }

  @Override
  public final Share dominantShare() {
    return total.dominantShare(allocated);
  }

  @Override
  public final Share shareOf(String resource) {
    return total.share(allocated, resource);
  }
}
