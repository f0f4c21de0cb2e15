package io.proffer.api.metrics;

import java.util.concurrent.atomic.AtomicLong;

/** A count that one thread writes and any thread reads. Costs its writer two plain moves. */
public final class Tally {
  private final AtomicLong value = new AtomicLong();

  /** One more. Of the one writer. */
  public void increment() {
    add(1);
  }

  /** So many more. Of the one writer. */
  public void add(long more) {
    value.setRelease(value.getPlain() + more);
  }

  /** How many there are by now. */
  public long get() {
    return value.getAcquire();
  }
}
