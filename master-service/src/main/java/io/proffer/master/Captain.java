package io.proffer.master;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread on which terms begin and end, one after the other: that may block. */
final class Captain {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.master");

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("captain").daemon().factory());

  private final Consumer<Throwable> failed;

  /**
   * @param failed hears what was thrown where nobody waited for it: the master stands half-way then
   */
  Captain(Consumer<Throwable> failed) {
    this.failed = failed;
  }

  /** Does something, and waits for it; what it throws is thrown. */
  void now(Runnable work) {
    try {
      CompletableFuture.runAsync(work, thread).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Does something when what was asked for before is done. */
  void later(Runnable work) {
    try {
      thread.execute(
          () -> {
            try {
              work.run();
            } catch (RuntimeException | Error e) {
              LOG.error("A change of the master's standing failed", e);
              failed.accept(e);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("Not done any more, the master stops", e);
    }
  }

  /** Does one last thing, after all else, and waits for it. */
  void finish(Runnable work) {
    if (!thread.isShutdown()) {
      now(work);
      thread.shutdown();
    }
  }
}
