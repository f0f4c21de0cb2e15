package io.proffer.api.limit;

/**
 * The requests that one client may still make: full at first, one less with each, and filling up
 * again with time. Not for several threads.
 */
final class TokenBucket {
  private static final double NANOS = 1e9;

  private final Rate rate;
  private double tokens;
  private long atNanos;

  /**
   * A full one.
   *
   * @param nowNanos monotonic
   */
  TokenBucket(Rate rate, long nowNanos) {
    this.rate = rate;
    this.tokens = rate.burst();
    this.atNanos = nowNanos;
  }

  Rate rate() {
    return rate;
  }

  /**
   * Takes one token.
   *
   * @return 0 when there was one; else the nanoseconds until there will be, at least 1
   */
  long take(long nowNanos) {
    var wait = look(nowNanos);
    if (wait == 0) {
      tokens -= 1;
    }
    return wait;
  }

  /**
   * Takes none.
   *
   * @return as {@link #take} would
   */
  long look(long nowNanos) {
    fill(nowNanos);
    if (tokens >= 1) {
      return 0;
    }
    // A rate of almost nothing waits longer than a long can tell; the cast keeps it in range.
    return Math.max(1, (long) Math.ceil((1 - tokens) / rate.perSecond() * NANOS));
  }

  /** Whether nothing was taken that has not come back: a new one would be the same. */
  boolean isFull(long nowNanos) {
    fill(nowNanos);
    return tokens >= rate.burst();
  }

  /** Threads read the clock before they queue here, so that now may be a little before then. */
  private void fill(long nowNanos) {
    var elapsed = nowNanos - atNanos;
    if (elapsed > 0) {
      tokens = Math.min((double) rate.burst(), tokens + elapsed / NANOS * rate.perSecond());
      atNanos = nowNanos;
    }
  }
}
