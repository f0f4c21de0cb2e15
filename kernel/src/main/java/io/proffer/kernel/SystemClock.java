package io.proffer.kernel;

import java.time.Instant;

/** The clocks of this machine. */
public final class SystemClock implements Clock {
  /** The origin of {@link System#nanoTime} may lie anywhere; ours makes plain comparison safe. */
  private static final long ORIGIN = System.nanoTime();

  @Override
  public long monotonicNanos() {
    return System.nanoTime() - ORIGIN;
  }

  @Override
  public Instant wall() {
    return Instant.now();
  }
}
