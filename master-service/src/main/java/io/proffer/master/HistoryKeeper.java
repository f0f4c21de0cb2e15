package io.proffer.master;

import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.history.History;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has what is over in a term stored, again and again and when the term ends. */
final class HistoryKeeper {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.master");

  /** A core that has no turn in this time has other troubles. */
  private static final Duration LAST = Duration.ofSeconds(1);

  private final History.Chapter history;
  private final Supplier<CompletionStage<Snapshot>> snapshots;
  private final AtomicBoolean busy = new AtomicBoolean();

  HistoryKeeper(
      History.Chapter history,
      Supplier<CompletionStage<Snapshot>> snapshots,
      Duration interval,
      Timers timers) {
    this.history = history;
    this.snapshots = snapshots;
    timers.every(interval, timer -> keepNow());
  }

  /** One at a time: while the disk is slow, looks are left out. */
  private void keepNow() {
    if (!busy.compareAndSet(false, true)) {
      return;
    }
    snapshots
        .get()
        .whenComplete(
            (snapshot, refused) -> {
              if (refused != null) {
                LOG.debug("The history waits: {}", refused.getMessage());
                busy.set(false);
              } else {
                keep(snapshot);
              }
            });
  }

  private void keep(Snapshot snapshot) {
    history
        .keep(snapshot)
        .whenComplete(
            (kept, failure) -> {
              busy.set(false);
              if (failure != null) {
                LOG.error("Keeping the history failed", failure);
              }
            });
  }

  /** Waits until all that is over now is stored, but not for a core or a disk that hangs. */
  void keepLast() {
    try {
      history.keepLast(
          snapshots.get().toCompletableFuture().get(LAST.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("What ended last is not in the history: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
