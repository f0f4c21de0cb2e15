package io.proffer.master.core.allocator;

/** All refusals of one client, a chain in the order of refusing. */
final class RefusalChain {
  private Refusal oldest;
  private Refusal newest;
  private int size;

  int size() {
    return size;
  }

  /** The one made first, or null; the others follow by {@link Refusal#newer}. */
  Refusal oldest() {
    return oldest;
  }

  void add(Refusal refusal) {
    refusal.older = newest;
    if (newest == null) {
      oldest = refusal;
    } else {
      newest.newer = refusal;
    }
    newest = refusal;
    size++;
  }

  void remove(Refusal refusal) {
    if (refusal.older == null) {
      oldest = refusal.newer;
    } else {
      refusal.older.newer = refusal.newer;
    }
    if (refusal.newer == null) {
      newest = refusal.older;
    } else {
      refusal.newer.older = refusal.older;
    }
    refusal.older = null;
    refusal.newer = null;
    size--;
  }
}
