package io.proffer.cli.bench.framework;

import java.util.Arrays;
import java.util.List;

/** Durations in nanoseconds, each kept, so that percentiles are exact. */
public final class Samples {
  private long[] values = new long[1024];
  private int size;

  /** Takes in one. */
  public void add(long nanos) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = nanos;
  }

  /** Forgets all. */
  public void clear() {
    size = 0;
  }

  /** All of them, in order. */
  public Sorted sorted() {
    return sorted(List.of(this));
  }

  /** All of several, in order. */
  static Sorted sorted(List<Samples> parts) {
    var all = new long[parts.stream().mapToInt(part -> part.size).sum()];
    int at = 0;
    for (var part : parts) {
      System.arraycopy(part.values, 0, all, at, part.size);
      at += part.size;
    }
    Arrays.sort(all);
    return new Sorted(all);
  }

  /** Samples in ascending order. */
  public static final class Sorted {
    private final long[] values;

    private Sorted(long[] values) {
      this.values = values;
    }

    public int count() {
      return values.length;
    }

    /** The smallest sample that this share of all does not exceed, in milliseconds; 0 for none. */
    public double percentileMs(double share) {
      if (values.length == 0) {
        return 0;
      }
      int rank = (int) Math.ceil(share * values.length);
      return values[Math.max(0, rank - 1)] / 1e6;
    }
  }
}
