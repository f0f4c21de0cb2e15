package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Goes through many random histories; a failure names its seed and step. */
final class Histories {
  private static final int STEPS = 120;

  private Histories() {}

  /**
   * @param begin the history of a seed
   * @param step what happens next in it
   */
  static void play(int seeds, LongFunction<RandomHistory> begin, Consumer<RandomHistory> step) {
    int offers = 0;
    for (long seed = 0; seed < seeds; seed++) {
      var history = begin.apply(seed);
      for (int i = 0; i < STEPS; i++) {
        try {
          step.accept(history);
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError("seed " + seed + ", step " + i + ": " + e.getMessage(), e);
        }
      }
      offers += history.offersSeen();
    }
    assertTrue(offers > 15 * seeds, "only " + offers + " offers: the histories test nothing");
  }
}
