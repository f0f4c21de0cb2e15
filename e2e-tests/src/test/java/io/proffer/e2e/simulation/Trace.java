package io.proffer.e2e.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** What happened: the last of it to be read by people, all of it as one number to compare runs. */
final class Trace {
  private record Line(long nanos, String who, Object what) {
    @Override
    public String toString() {
      var text = what.toString().replaceAll("\\s+", " ");
      return "%12.6f  %-8s %s"
          .formatted(
              nanos / 1e9,
              who,
              text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text);
    }
  }

  private static final int LONGEST = Integer.getInteger("frame.length", 600);

  private final int keep;
  private final boolean exact;
  private final ArrayDeque<Line> last = new ArrayDeque<>();
  private long hash;
  private long count;

  /**
   * @param keep how many lines are kept to be read
   * @param exact whether the number covers every word, which is slow, or only who did how much when
   */
  Trace(int keep, boolean exact) {
    this.keep = keep;
    this.exact = exact;
  }

  void add(long nanos, String who, Object what) {
    count++;
    hash = hash * 1_000_003 + nanos;
    hash = hash * 1_000_003 + (exact ? hashOf(exactly(what)) : hashOf(who));
    last.add(new Line(nanos, who, what));
    if (last.size() > keep) {
      last.removeFirst();
    }
  }

  /** One number for all of it. */
  long hash() {
    return hash;
  }

  /** How many lines there were. */
  long count() {
    return count;
  }

  /** The newest lines, the oldest of them first. */
  List<String> tail() {
    var lines = new ArrayList<String>();
    last.forEach(line -> lines.add(line.toString()));
    return lines;
  }

  /** Without the place an object happens to have in memory. */
  private static String exactly(Object what) {
    return what.toString().replaceAll("(ByteString|Snapshot)@[0-9a-f]+", "$1");
  }

  private static long hashOf(String text) {
    var value = 0L;
    for (var b : text.getBytes(StandardCharsets.UTF_8)) {
      value = value * 31 + b;
    }
    return value;
  }
}
