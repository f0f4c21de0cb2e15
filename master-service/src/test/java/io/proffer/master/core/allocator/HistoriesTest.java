package io.proffer.master.core.allocator;

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

  static Stream<NaivePolicy> policies() {
    return Stream.of(
        new NaivePolicy.Drf(),
        new NaivePolicy.Random(),
        new NaivePolicy.Priority(List.of("c", "a/c", "a")));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void noGrantBreaksABound(NaivePolicy policy) {
    Histories.play(
        SEEDS,
        seed -> RandomHistory.deep(seed, new NaiveAllocator(SameGrantsTest.settings(seed), policy)),
        RandomHistory::step);
  }
}
