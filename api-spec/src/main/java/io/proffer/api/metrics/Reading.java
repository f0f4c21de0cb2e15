package io.proffer.api.metrics;

import java.util.Arrays;

/** What {@link Spans} have counted at one moment. */
public final class Reading {
  /** Exponents of two, in nanoseconds: the bounds that Prometheus is told, 33 us to 1.1 s. */
  private static final int FIRST_BOUND = 15;

  private static final int LAST_BOUND = 30;

  private final long[] all;
  private final long[] window;
  private final long sum;
  private final long last;
  private final long longest;

  /**
   * @param before what had been counted when the window began
   */
  Reading(long[] all, long[] before, long sum, long last, long longest) {
    this.all = all;
    this.window = new long[all.length];
    Arrays.setAll(window, slot -> all[slot] - before[slot]);
    this.sum = sum;
    this.last = last;
    this.longest = longest;
  }

  /** How many there ever were. */
  public long count() {
    return Arrays.stream(all).sum();
  }

  /** All of them together, in nanoseconds. */
  public long sum() {
    return sum;
  }

  /** The newest, in nanoseconds. */
  public long last() {
    return last;
  }

  /** How many of the window. */
  public long recent() {
    return Arrays.stream(window).sum();
  }

  /** The longest of the window, in nanoseconds; to the width of a slot. */
  public long max() {
    for (int slot = window.length - 1; slot >= 0; slot--) {
      if (window[slot] > 0) {
        return slot == window.length - 1 ? longest : Math.min(longest, Spans.start(slot + 1));
      }
    }
    return 0;
  }

  /** The shortest of the window, in nanoseconds; to the width of a slot. */
  public long min() {
    for (int slot = 0; slot < window.length; slot++) {
      if (window[slot] > 0) {
        return Spans.start(slot);
      }
    }
    return 0;
  }

  /** The span, in nanoseconds, that this share of the window does not exceed. */
  public long quantile(double share) {
    var rank = share * recent();
    long below = 0;
    for (int slot = 0; slot < window.length - 1; slot++) {
      if (window[slot] > 0 && below + window[slot] >= rank) {
        var within = (rank - below) / window[slot];
        var start = Spans.start(slot);
        var end = Spans.start(slot + 1);
        return Math.min(max(), start + (long) (within * (end - start)));
      }
      below += window[slot];
    }
    return max();
  }

  /** The upper bounds of the classes that Prometheus is told, in seconds; the last has none. */
  static double[] bounds() {
    var bounds = new double[LAST_BOUND - FIRST_BOUND + 2];
    for (int i = 0; i < bounds.length - 1; i++) {
      bounds[i] = (1L << (FIRST_BOUND + i)) / 1e9;
    }
    bounds[bounds.length - 1] = Double.POSITIVE_INFINITY;
    return bounds;
  }

  /** How many there ever were of each of these classes. */
  long[] classes() {
    var classes = new long[LAST_BOUND - FIRST_BOUND + 2];
    for (int slot = 0; slot < all.length; slot++) {
      // A slot ends where a class ends, or within it: bounds are powers of two, as theirs are.
      var start = Math.max(1, Spans.start(slot));
      int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(start);
      classes[Math.clamp(exponent - FIRST_BOUND + 1, 0, classes.length - 1)] += all[slot];
    }
    return classes;
  }
}
