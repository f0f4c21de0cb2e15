package io.proffer.master.core.state;

import java.time.Duration;
import java.util.OptionalLong;

/** Durations as the wire gives and texts print them. */
public final class Durations {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private Durations() {}

  /** Seconds as nanoseconds; empty when 64 bits cannot hold them, which is at about 292 years. */
  public static OptionalLong nanos(double seconds) {
    double nanos = seconds * NANOS_PER_SECOND;
    return Double.isNaN(nanos) || Math.abs(nanos) >= 0x1p63
        ? OptionalLong.empty()
        : OptionalLong.of((long) nanos);
  }

  /** So long after a time that is not negative; the end of all time when 64 bits cannot hold it. */
  public static long after(long nowNanos, long nanos) {
    long sum = nowNanos + nanos;
    return nanos > 0 && sum < nowNanos ? Long.MAX_VALUE : sum;
  }

  /** In the largest unit of which it is a whole number of: {@code 10mins}, {@code 90secs}. */
  public static String text(Duration duration) {
    long nanos = duration.toNanos();
    for (var unit : Unit.values()) {
      if (nanos % unit.nanos == 0 && Math.abs(nanos) >= unit.nanos) {
        return nanos / unit.nanos + unit.suffix;
      }
    }
    return nanos + "ns";
  }

  private enum Unit {
    WEEKS("weeks", Duration.ofDays(7)),
    DAYS("days", Duration.ofDays(1)),
    HOURS("hrs", Duration.ofHours(1)),
    MINUTES("mins", Duration.ofMinutes(1)),
    SECONDS("secs", Duration.ofSeconds(1)),
    MILLISECONDS("ms", Duration.ofMillis(1)),
    MICROSECONDS("us", Duration.ofNanos(1000));

    final String suffix;
    final long nanos;

    Unit(String suffix, Duration duration) {
      this.suffix = suffix;
      this.nanos = duration.toNanos();
    }
  }
}
