package io.proffer.master.registry.zookeeper;

import io.proffer.kernel.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** For who may block: opening and reading a registry, before there is a loop. */
final class Waiting {
  private Waiting() {}

  /**
   * The outcome of a stage.
   *
   * @throws StoreException when it fails, or does not come in time
   */
  static <T> T on(CompletionStage<T> stage, Duration timeout) {
    try {
      return stage.toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw storeException(e.getCause());
    } catch (TimeoutException e) {
      throw new StoreException(
          "ZooKeeper did not answer within %d ms: look at its servers, and whether a majority of them runs."
              .formatted(timeout.toMillis()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("Interrupted while waiting for ZooKeeper", e);
    }
  }

  /** Waits, whatever comes of it. */
  static void quietly(CompletionStage<?> stage, Duration timeout) {
    try {
      on(stage, timeout);
    } catch (StoreException e) {
      // Told to whom it concerns by the stage itself.
    }
  }

  static StoreException storeException(Throwable failure) {
    return switch (failure) {
      case StoreException known -> known;
      case CompletionException wrapped when wrapped.getCause() != null ->
          storeException(wrapped.getCause());
      default ->
          new StoreException("The registry in ZooKeeper failed: " + failure.getMessage(), failure);
    };
  }
}
