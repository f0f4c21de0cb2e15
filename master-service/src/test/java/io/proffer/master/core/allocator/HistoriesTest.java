package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What must hold of the obvious allocator before others are held against it: whatever happens, it
 * grants what is there, within limits, leaves guarantees alone and hears refusals ({@link Bounds}).
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
final class HistoriesTest {
  private static final int SEEDS = Integer.getInteger("allocator.seeds", 10);
  private static final int STEPS = 120;

  static Stream<NaivePolicy> policies() {
    return Stream.of(
        new NaivePolicy.Drf(),
        new NaivePolicy.Random(),
        new NaivePolicy.Priority(List.of("c", "a/c", "a")));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void noGrantBreaksABound(NaivePolicy policy) {
    int offers = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      var allocator = new NaiveAllocator(SameGrantsTest.settings(), policy);
      var history = RandomHistory.deep(seed, allocator);
      for (int step = 0; step < STEPS; step++) {
        try {
          history.step();
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError("seed " + seed + ", step " + step + ": " + e.getMessage(), e);
        }
      }
      offers += history.offersSeen();
    }
    assertTrue(offers > 20 * SEEDS, "only " + offers + " offers: the histories test nothing");
  }
}
