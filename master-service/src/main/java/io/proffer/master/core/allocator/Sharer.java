package io.proffer.master.core.allocator;

/**
 * Somebody who has a share and a place in a {@link ShareSorter}: a role, or a framework in a role.
 *
 * <p>Its place follows from key fields that are renewed only by the sorter, so that the order stays
 * whole while amounts change.
 */
abstract class Sharer {
  private final String name;

  /** Offered to it or used by it, whatever the reservation. */
  final Amounts allocated = new Amounts();

  /** How many allocations were ever made to it; only grows. */
  private long allocations;

  private long keyPart;
  private long keyWhole = 1;
  private long keyAllocations;
  private boolean listed;
  private boolean stale;

  Sharer(String name) {
    this.name = name;
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

  /** Notes that its key must be renewed. False when that was known. */
  final boolean markStale() {
    boolean first = !stale;
    stale = true;
    return first;
  }

  /** Takes the present dominant share and number of allocations as the key of the order. */
  final void renewKey(ClusterTotal total) {
    long part = 0;
    long whole = 1;
    for (int name = total.firstCounted(); name < total.names(); name++) {
      long mine = allocated.get(name);
      long all = total.get(name);
      if (mine > 0 && all > 0 && Fractions.compare(mine, all, part, whole) > 0) {
        part = mine;
        whole = all;
      }
    }
    keyPart = part;
    keyWhole = whole;
    keyAllocations = allocations;
    stale = false;
  }

  /** Smaller share first, then fewer allocations, then the name. */
  final int compareKeys(Sharer other) {
    int share = Fractions.compare(keyPart, keyWhole, other.keyPart, other.keyWhole);
    if (share != 0) {
      return share;
    }
    int count = Long.compare(keyAllocations, other.keyAllocations);
    return count != 0 ? count : name.compareTo(other.name);
  }
}
