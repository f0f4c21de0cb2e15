package io.proffer.e2e.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole clusters under trouble: {@code -Dseed=N} for one, {@code -Dseeds=N} for many. */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
final class SwarmTest {
  private static final int SEEDS = 25;

  static LongStream seeds() {
    var seed = Long.getLong("seed");
    return seed != null
        ? LongStream.of(seed)
        : LongStream.rangeClosed(1, Integer.getInteger("seeds", SEEDS));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingIsLostWhateverBreaks(long seed) {
    assertTrue(Run.of(seed, false).launched() > 0, "nobody launched anything");
  }
}
