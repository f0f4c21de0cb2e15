package io.proffer.master.core.allocator;

/** How much work is left to a slice. Passing somebody over is cheap, but not free. */
final class Budget {
  private static final int PASSED_PER_UNIT = 16;

  private long left;
  private int passed;

  Budget(long units) {
    left = units;
  }

  boolean spent() {
    return left <= 0;
  }

  /** A candidate was examined. */
  void examine() {
    left--;
  }

  /** Somebody was passed over. */
  void pass() {
    passed++;
    if (passed == PASSED_PER_UNIT) {
      passed = 0;
      left--;
    }
  }
}
