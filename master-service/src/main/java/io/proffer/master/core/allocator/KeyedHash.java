package io.proffer.master.core.allocator;

/**
 * Random order as a function: the place of an id follows from the run's seed and the id alone, so
 * leaving others out does not change it.
 */
final class KeyedHash {
  private KeyedHash() {}

  /** 64 bits of an id (FNV-1a). */
  static long of(String id) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  /** The rank of an id in the run with this seed (the last step of SplitMix64). */
  static long rank(long seed, long hash) {
    long z = (seed * 0x9e3779b97f4a7c15L) ^ hash;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
