package io.proffer.api.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Refusals of the last second, which anybody can cause as fast as the network allows: those that
 * are alike become one line with their number, and all that are one kind too many another. So
 * strangers write a bounded number of lines a second, and keep no others out. Not for several
 * threads.
 */
final class Refusals {
  private static final String OTHERS = "(other)";
  private static final long WINDOW = Duration.ofSeconds(1).toNanos();

  /**
   * What is told in one line.
   *
   * @param client its principal, or its address without port
   */
  record Kind(String client, String endpoint, String call, int status) {
    private static final Kind BEYOND = new Kind("", "", "", 0);
  }

  private record Sum(AuditLine first, long calls) {
    Sum plus(Sum one) {
      return new Sum(first, calls + one.calls());
    }
  }

  private final int room;
  private final Map<Kind, Sum> sums = new LinkedHashMap<>();
  private long sinceNanos;

  /**
   * @param room how many kinds are told apart in a second
   */
  Refusals(int room) {
    this.room = room;
  }

  void add(Kind kind, AuditLine line, long nowNanos) {
    if (sums.isEmpty()) {
      sinceNanos = nowNanos;
    }
    var isTold = sums.containsKey(kind) || sums.size() < room;
    sums.merge(isTold ? kind : Kind.BEYOND, new Sum(isTold ? line : line.by(OTHERS), 1), Sum::plus);
  }

  /** Milliseconds until they are to be told; 0 when there are none, or it is time. */
  long millisLeft(long nowNanos) {
    var left = sums.isEmpty() ? 0 : WINDOW - (nowNanos - sinceNanos);
    return left <= 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(left) + 1;
  }

  boolean isEmpty() {
    return sums.isEmpty();
  }

  /** Their lines, once. */
  List<AuditLine> take() {
    var lines = new ArrayList<AuditLine>(sums.size());
    sums.values().forEach(sum -> lines.add(sum.first().of(sum.calls())));
    sums.clear();
    return lines;
  }
}
