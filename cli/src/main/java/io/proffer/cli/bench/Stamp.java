package io.proffer.cli.bench;

import java.util.concurrent.CompletableFuture;

/** When something came to pass, however late somebody looks. */
final class Stamp {
  private final CompletableFuture<Void> stamped;
  private volatile long nanos;

  private Stamp(CompletableFuture<Void> done) {
    this.stamped = done.thenRun(() -> nanos = System.nanoTime());
  }

  static Stamp of(CompletableFuture<Void> done) {
    return new Stamp(done);
  }

  /** Done when it came to pass. */
  CompletableFuture<Void> done() {
    return stamped;
  }

  /** From another moment to that, in seconds. For when it is done. */
  double secondsSince(long startNanos) {
    return (nanos - startNanos) / 1e9;
  }
}
