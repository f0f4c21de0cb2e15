package io.proffer.cli.bench;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for the steps of a run, none of them for ever. */
public final class Patience {
  /** Seldom enough that who asks takes no processor from who is asked. */
  private static final long POLL_MS = 10;

  private final Duration limit;

  public Patience(Duration limit) {
    this.limit = limit;
  }

  public static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  /** Lets others come to rest, for what is read of them then. */
  public void rest(Duration time) throws BenchException {
    pause(time.toMillis());
  }

  /**
   * Waits until something is done.
   *
   * @param what is awaited, as a sentence without its end
   * @param state how far it is, for the message
   * @throws BenchException when it takes too long
   */
  public void await(String what, CompletableFuture<Void> done, Supplier<String> state)
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
  public void await(String what, BooleanSupplier done, Supplier<String> state)
      throws BenchException {
    long until = System.nanoTime() + limit.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw tooLate(what, state);
      }
      pause(POLL_MS);
    }
  }

  private static void pause(long ms) throws BenchException {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted.");
    }
  }

  private BenchException tooLate(String what, Supplier<String> state) {
    return new BenchException(
        "Waited %d s (--time_limit) until %s, in vain. %s"
            .formatted(limit.toSeconds(), what, state.get()));
  }
}
