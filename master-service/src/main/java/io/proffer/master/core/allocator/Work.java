package io.proffer.master.core.allocator;

/**
 * What it took to ask constraints about agents. Other examinations take about the same each; one
 * that matches hundreds of regular expressions takes as long as thousands of those.
 */
final class Work {
  /** Steps of a matcher, one instruction at one character, that take as long as an examination. */
  private static final int STEPS_PER_UNIT = 8;

  private long steps;

  /** So many instructions were asked at each character of a text. */
  void match(int instructions, String text) {
    steps += (long) instructions * (text.length() + 1);
  }

  /** A constraint was asked, whatever else it took. */
  void ask() {
    steps++;
  }

  /** In units of a {@link Budget}. */
  long units() {
    return steps / STEPS_PER_UNIT;
  }

  /** From here on it counts anew. */
  void reset() {
    steps = 0;
  }
}
