package io.proffer.cli.bench;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for the steps of a run, none of them for ever. */
final class Patience {
  private static final long POLL_MS = 2;

  private final Duration limit;

  Patience(Duration limit) {
    this.limit = limit;
  }

  static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  /**
   * Waits until something is done.
   *
   * @param what is awaited, as a sentence without its end
   * @param state how far it is, for the message
   * @throws BenchException when it takes too long
   */
  void await(String what, CompletableFuture<Void> done, Supplier<String> state)
      throws BenchException {
    try {
      done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw tooLate(what, state);
    } catch (ExecutionException failed) {
      throw new BenchException("Waited until " + what + ", but " + failed.getCause().getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted.");
    }
  }

  /** The same for what is looked at again and again. */
  void await(String what, BooleanSupplier done, Supplier<String> state) throws BenchException {
    long until = System.nanoTime() + limit.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw tooLate(what, state);
      }
      try {
        Thread.sleep(POLL_MS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new BenchException("Interrupted.");
      }
    }
  }

  private BenchException tooLate(String what, Supplier<String> state) {
    return new BenchException(
        "Waited %d s (--time_limit) until %s, in vain. %s"
            .formatted(limit.toSeconds(), what, state.get()));
  }
}
