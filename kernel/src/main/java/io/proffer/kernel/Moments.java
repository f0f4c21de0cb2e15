package io.proffer.kernel;

import java.util.Objects;
import java.util.SplittableRandom;

/** Makes the {@link Moment} of each turn. With a given clock, ids and seed the moments repeat. */
public final class Moments {
  private final Clock clock;
  private final Ids ids;
  private final SplittableRandom seeds;

  /**
   * @param seed decides the seeds of all turns
   */
  public Moments(Clock clock, Ids ids, long seed) {
    this.clock = Objects.requireNonNull(clock, "clock");
    this.ids = Objects.requireNonNull(ids, "ids");
    this.seeds = new SplittableRandom(seed);
  }

  /** The moment of a turn that begins now. */
  public Moment next() {
    return new Moment(clock.monotonicNanos(), clock.wall(), seeds.nextLong(), ids);
  }

  /** Monotonic nanoseconds now, for what is not a turn. */
  long nanos() {
    return clock.monotonicNanos();
  }
}
