package io.proffer.master.history;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that waits for the disk of the history: who asks it waits so long, and no more. */
final class Scribe {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.master");

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("history").daemon().factory());

  private final Duration limit;

  Scribe(Duration limit) {
    this.limit = limit;
  }

  /** Does something after all that was asked for before. */
  CompletionStage<Void> later(Runnable work) {
    try {
      return CompletableFuture.runAsync(work, thread);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /**
   * The same, and waits for it. What is late is done all the same, once the disk answers.
   *
   * @param without what it means that this was not done, for the log
   * @return whether it was done in time
   */
  boolean inTime(Runnable work, String without) {
    try {
      later(work).toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      LOG.warn(
          "{}: the disk did not answer within --history_timeout, {} ms", without, limit.toMillis());
    } catch (ExecutionException e) {
      LOG.error(without, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** Nothing more after what was asked for. */
  void end() {
    thread.shutdown();
  }
}
