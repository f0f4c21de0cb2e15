package io.proffer.agent;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits of an agent that ends: nothing that fails or takes too long may keep it from ending. */
final class Waits {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.agent");

  private Waits() {}

  static void await(String what, CompletableFuture<?> future, Duration limit) {
    try {
      var _ = future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      LOG.debug("{} failed", what, e);
    } catch (TimeoutException e) {
      LOG.warn("{} took longer than {} ms; going on", what, limit.toMillis());
    }
  }
}
