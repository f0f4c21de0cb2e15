package io.proffer.e2e.simulation;

import io.proffer.kernel.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Everything that may still happen, in the order of a virtual clock. One thread, one seed: the same
 * seed gives the same history.
 */
final class World implements Clock {
  private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

  private static final class Due implements Comparable<Due> {
    private final long nanos;
    private final long order;
    private Runnable work;

    Due(long nanos, long order, Runnable work) {
      this.nanos = nanos;
      this.order = order;
      this.work = work;
    }

    @Override
    public int compareTo(Due other) {
      var byTime = Long.compare(nanos, other.nanos);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final long seed;
  private final Trace trace;
  private final PriorityQueue<Due> due = new PriorityQueue<>();
  private long now = 1;
  private long orders;

  World(long seed, Trace trace) {
    this.seed = seed;
    this.trace = trace;
  }

  long seed() {
    return seed;
  }

  /** What has happened. */
  Trace trace() {
    return trace;
  }

  /** Chance for one purpose; what one purpose draws does not shift what another gets. */
  SplittableRandom chance(String purpose) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + purpose.hashCode());
  }

  @Override
  public long monotonicNanos() {
    return now;
  }

  @Override
  public Instant wall() {
    return BEGINNING.plusNanos(now);
  }

  /** Does the work once so much time has passed; the answer gives it up. */
  Runnable after(Duration delay, Runnable work) {
    return after(delay.toNanos(), work);
  }

  /** The same, in nanoseconds. What is due at one time happens in the order asked. */
  Runnable after(long nanos, Runnable work) {
    var entry = new Due(now + Math.max(0, nanos), orders++, work);
    due.add(entry);
    return () -> entry.work = null;
  }

  /** Goes on until the condition holds; false when the time is up before that. */
  boolean runUntil(BooleanSupplier condition, Duration limit) {
    var end = now + limit.toNanos();
    while (!condition.getAsBoolean()) {
      var next = due.peek();
      if (next == null || next.nanos > end) {
        now = end;
        return condition.getAsBoolean();
      }
      step();
    }
    return true;
  }

  /** Goes on for so long. */
  void run(Duration time) {
    runUntil(() -> false, time);
  }

  /** What must never be has come to be. */
  InvariantBroken broken(String what) {
    return new InvariantBroken("After %.6f virtual seconds: %s".formatted(now / 1e9, what));
  }

  /** The same, because of an exception. */
  InvariantBroken broken(String what, Throwable cause) {
    var broken = broken(what + ": " + cause);
    broken.initCause(cause);
    return broken;
  }

  private void step() {
    var entry = due.poll();
    if (entry.work != null) {
      now = entry.nanos;
      entry.work.run();
    }
  }
}
