package io.proffer.master.core.allocator;

/** Allocators that must pass the same tests. */
enum Tested {
  MODEL,
  FAST;

  /** One that knows nobody yet. */
  Allocator of(AllocatorSettings settings) {
    return switch (this) {
      case MODEL -> new NaiveAllocator(settings);
      case FAST -> new DrfAllocator(settings);
    };
  }

  /** A cluster with one that has default settings. */
  TestCluster cluster() {
    return new TestCluster(of(AllocatorSettings.defaults()));
  }
}
