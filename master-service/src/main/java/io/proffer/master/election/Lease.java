package io.proffer.master.election;

import java.util.function.LongSupplier;

/**
 * Until when a leader may act on its own word, in monotonic nanoseconds. From any thread.
 *
 * <p>It ends by itself when nobody prolongs it: also for a process that was stopped in the middle
 * of something and goes on a minute later, when another leads.
 */
public final class Lease {
  private final LongSupplier clock;
  private volatile long untilNanos;
  private volatile boolean over;

  Lease(LongSupplier clock, long untilNanos) {
    this.clock = clock;
    this.untilNanos = untilNanos;
  }

  /** One that does not end: of a master without others. */
  public static Lease forever() {
    return new Lease(() -> 0, Long.MAX_VALUE);
  }

  /** Whether its holder leads, now. */
  public boolean holds() {
    return !over && untilNanos - clock.getAsLong() > 0;
  }

  /** Longer, if it has not ended. */
  void prolong(long untilNanos) {
    this.untilNanos = untilNanos;
  }

  /** No longer, whatever was said before. */
  void end() {
    over = true;
  }
}
