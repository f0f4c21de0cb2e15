package io.proffer.api.metrics;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * How long something took, again and again: one thread records, any thread reads.
 *
 * <p>Counts per slot; sixteen slots to each doubling from a microsecond to a minute, so that a
 * percentile is right to 6 %. Recording is two additions in arrays made beforehand.
 */
public final class Spans {
  /** What percentiles look back on: this long at least, twice as long at most. */
  private static final long AGE_NANOS = Duration.ofMinutes(30).toNanos();

  private static final int FINE_BITS = 4;

  /** The exponents of two, in nanoseconds, between which slots are fine. */
  private static final int LOWEST = 10;

  private static final int HIGHEST = 36;

  /** One slot below all fine ones, one above. */
  static final int SLOTS = ((HIGHEST - LOWEST) << FINE_BITS) + 2;

  private final AtomicLongArray counts = new AtomicLongArray(SLOTS);
  private final Tally sum = new Tally();
  private final LongSupplier nanos;
  private volatile long last;
  private volatile long longest;

  // What was counted when the window began, and when the next one does. Guarded by this.
  private long[] windowStart = new long[SLOTS];
  private long[] nextStart = new long[SLOTS];
  private long agedNanos;

  /**
   * @param nanos monotonic nanoseconds now
   */
  public Spans(LongSupplier nanos) {
    this.nanos = nanos;
    this.agedNanos = nanos.getAsLong();
  }

  /** Takes in one. Of the one writer. */
  public void record(long span) {
    int slot = slot(span);
    counts.setRelease(slot, counts.getPlain(slot) + 1);
    sum.add(Math.max(0, span));
    last = span;
    if (span > longest) {
      longest = span;
    }
  }

  /** All that was recorded up to now. */
  public synchronized Reading read() {
    var now = new long[SLOTS];
    for (int slot = 0; slot < SLOTS; slot++) {
      now[slot] = counts.getAcquire(slot);
    }
    if (nanos.getAsLong() - agedNanos >= AGE_NANOS) {
      windowStart = nextStart;
      nextStart = now;
      agedNanos = nanos.getAsLong();
    }
    return new Reading(now, windowStart, sum.get(), last, longest);
  }

  static int slot(long span) {
    if (span < 1L << LOWEST) {
      return 0;
    }
    if (span >= 1L << HIGHEST) {
      return SLOTS - 1;
    }
    int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(span);
    int fine = (int) (span >>> (exponent - FINE_BITS)) & ((1 << FINE_BITS) - 1);
    return 1 + ((exponent - LOWEST) << FINE_BITS) + fine;
  }

  /** The shortest span that belongs to a slot. */
  static long start(int slot) {
    if (slot == 0) {
      return 0;
    }
    int exponent = LOWEST + ((slot - 1) >> FINE_BITS);
    long fine = (slot - 1L) & ((1L << FINE_BITS) - 1);
    return (1L << exponent) + (fine << (exponent - FINE_BITS));
  }
}
