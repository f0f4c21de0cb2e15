package io.proffer.api.resource;

import io.proffer.api.v1.Resource;
import io.proffer.api.v1.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Closed intervals of unsigned 64-bit integers, sorted and coalesced: begin, end, begin, end ...
 *
 * <p>Neighbours ([1-2] and [3-4]) are always one interval, so equal sets have equal arrays.
 */
public final class RangesAmount implements Amount {
  private static final RangesAmount EMPTY = new RangesAmount(new long[0]);

  private final long[] bounds;

  private RangesAmount(long[] bounds) {
    this.bounds = bounds;
  }

  /** The ranges of a message, in any order; a range that ends before it begins is left out. */
  public static RangesAmount of(Value.Ranges message) {
    var ranges = new ArrayList<>(message.getRangeList());
    ranges.sort(Comparator.comparing(Value.Range::getBegin, Long::compareUnsigned));
    var builder = new Builder(ranges.size());
    for (var range : ranges) {
      builder.add(range.getBegin(), range.getEnd());
    }
    return builder.build();
  }

  /** No interval. */
  public static RangesAmount none() {
    return EMPTY;
  }

  /** One interval, both ends in it. */
  public static RangesAmount of(long begin, long end) {
    var builder = new Builder(1);
    builder.add(begin, end);
    return builder.build();
  }

  /** Number of intervals. */
  public int size() {
    return bounds.length / 2;
  }

  /** First number of the i-th interval. */
  public long begin(int i) {
    return bounds[2 * i];
  }

  /** Last number of the i-th interval. */
  public long end(int i) {
    return bounds[2 * i + 1];
  }

  @Override
  public boolean isEmpty() {
    return bounds.length == 0;
  }

  @Override
  public RangesAmount plus(Amount other) {
    var right = (RangesAmount) other;
    var builder = new Builder(size() + right.size());
    int i = 0;
    int j = 0;
    while (i < size() || j < right.size()) {
      boolean left =
          j == right.size() || (i < size() && Long.compareUnsigned(begin(i), right.begin(j)) <= 0);
      if (left) {
        builder.add(begin(i), end(i));
        i++;
      } else {
        builder.add(right.begin(j), right.end(j));
        j++;
      }
    }
    return builder.build();
  }

  @Override
  public RangesAmount minus(Amount other) {
    var right = (RangesAmount) other;
    var builder = new Builder(size() + right.size());
    int j = 0;
    for (int i = 0; i < size(); i++) {
      long begin = begin(i);
      boolean spent = false;
      while (j < right.size() && Long.compareUnsigned(right.end(j), begin) < 0) {
        j++;
      }
      int k = j;
      while (!spent && k < right.size() && Long.compareUnsigned(right.begin(k), end(i)) <= 0) {
        if (Long.compareUnsigned(begin, right.begin(k)) < 0) {
          builder.add(begin, right.begin(k) - 1);
        }
        spent = Long.compareUnsigned(right.end(k), end(i)) >= 0;
        begin = right.end(k) + 1;
        k++;
      }
      if (!spent) {
        builder.add(begin, end(i));
      }
    }
    return builder.build();
  }

  @Override
  public boolean contains(Amount other) {
    var right = (RangesAmount) other;
    int i = 0;
    for (int j = 0; j < right.size(); j++) {
      while (i < size() && Long.compareUnsigned(end(i), right.begin(j)) < 0) {
        i++;
      }
      if (i == size()
          || Long.compareUnsigned(begin(i), right.begin(j)) > 0
          || Long.compareUnsigned(end(i), right.end(j)) < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void writeTo(Resource.Builder message) {
    message.setType(Value.Type.RANGES).setRanges(toMessage());
  }

  /** The intervals as a message, in ascending order. */
  public Value.Ranges toMessage() {
    var ranges = Value.Ranges.newBuilder();
    for (int i = 0; i < size(); i++) {
      ranges.addRange(Value.Range.newBuilder().setBegin(begin(i)).setEnd(end(i)));
    }
    return ranges.build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RangesAmount that && Arrays.equals(bounds, that.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  /** {@code [31000-31005, 32000-32000]}. */
  @Override
  public String toString() {
    return text(toMessage().getRangeList());
  }

  /** Ranges as they came, sorted or not, for error texts. */
  static String text(List<Value.Range> ranges) {
    var parts = new ArrayList<String>(ranges.size());
    for (var range : ranges) {
      parts.add(
          Long.toUnsignedString(range.getBegin()) + "-" + Long.toUnsignedString(range.getEnd()));
    }
    return "[" + String.join(", ", parts) + "]";
  }

  /** Takes intervals by ascending begin and coalesces them. */
  private static final class Builder {
    private long[] bounds;
    private int length;

    Builder(int expected) {
      bounds = new long[2 * expected];
    }

    void add(long begin, long end) {
      if (Long.compareUnsigned(begin, end) > 0) {
        return;
      }
      if (length > 0) {
        long last = bounds[length - 1];
        // The largest number has no successor: last + 1 would wrap to 0.
        if (last == -1L || Long.compareUnsigned(begin, last + 1) <= 0) {
          if (Long.compareUnsigned(end, last) > 0) {
            bounds[length - 1] = end;
          }
          return;
        }
      }
      if (length == bounds.length) {
        bounds = Arrays.copyOf(bounds, Math.max(4, 2 * length));
      }
      bounds[length++] = begin;
      bounds[length++] = end;
    }

    RangesAmount build() {
      return length == 0 ? EMPTY : new RangesAmount(Arrays.copyOf(bounds, length));
    }
  }
}
