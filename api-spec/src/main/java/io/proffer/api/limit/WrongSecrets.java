package io.proffer.api.limit;

import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Slows who guesses secrets: each wrong one that an address shows is counted, and who has shown too
 * many is refused before the next is looked at, so that a right one is answered no differently.
 * What is refused so costs nothing more, and is counted no further. Who has shown no wrong one is
 * never refused, however many others have. From any thread.
 */
public final class WrongSecrets {
  private static final double NANOS = 1e9;

  private final Rate rate;
  private final LongSupplier nanos;

  // Both below are guarded by this.
  private final Buckets byAddress;
  private long refused;

  /**
   * @param room how many addresses are told apart
   * @param nanos monotonic nanoseconds now
   */
  WrongSecrets(Rate rate, int room, LongSupplier nanos) {
    this.rate = rate;
    this.nanos = nanos;
    this.byAddress = new Buckets(room, rate, nanos.getAsLong());
  }

  /** Why nothing that this address shows is looked at now; empty when it may show something. */
  public synchronized Optional<RequestLimits.Refusal> ask(String address) {
    var now = nanos.getAsLong();
    var wait = byAddress.known(address).map(bucket -> bucket.look(now)).orElse(0L);
    if (wait == 0) {
      return Optional.empty();
    }
    refused++;
    var seconds = (int) Math.min(Integer.MAX_VALUE, Math.max(1, Math.ceil(wait / NANOS)));
    return Optional.of(
        new RequestLimits.Refusal(
            "Too many wrong secrets of %s: expecting at most %s (--max_wrong_secrets_per_second). Whether this one is right was not looked at: show the right one after %d s"
                .formatted(address, rate, seconds),
            seconds));
  }

  /** Counts a wrong one. */
  public synchronized void count(String address) {
    var now = nanos.getAsLong();
    byAddress.ofItsOwn(address, now).take(now);
  }

  /** How many requests were refused. */
  public synchronized long refused() {
    return refused;
  }
}
