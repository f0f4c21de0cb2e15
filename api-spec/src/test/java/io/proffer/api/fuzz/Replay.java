package io.proffer.api.fuzz;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;

/** Gives the seeds of a target to it, as they are and a little broken. */
public final class Replay {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int CUTS = 40;

  private Replay() {}

  /** Each seed, each with its end cut off at some places, and with one byte changed at some. */
  public static void all(FuzzTarget target) {
    Assertions.assertFalse(target.seeds().isEmpty(), "a target without seeds");
    Assertions.assertTimeoutPreemptively(
        LIMIT,
        () -> {
          target.take(new byte[0]);
          for (var seed : target.seeds()) {
            target.take(seed.clone());
            var step = Math.max(1, seed.length / CUTS);
            for (var at = 0; at < seed.length; at += step) {
              target.take(Arrays.copyOf(seed, at));
              var changed = seed.clone();
              changed[at] ^= (byte) (1 + at % 255);
              target.take(changed);
            }
          }
        });
  }
}
