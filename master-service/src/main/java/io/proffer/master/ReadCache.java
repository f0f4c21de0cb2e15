package io.proffer.master;

import io.proffer.api.http.Niceness;
import io.proffer.kernel.Clock;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.http.PlainEndpoints;
import io.proffer.master.http.ReadAhead;
import io.proffer.master.http.Reads;
import io.proffer.master.http.Snapshots;
import io.proffer.master.http.piece.Editions;
import io.proffer.master.http.piece.Fragments;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is kept encoded for those who read, and let go of in time. */
record ReadCache(Fragments fragments, Editions<String> editions, ThreadFactory threads) {
  private static final Logger LOG = LoggerFactory.getLogger(ReadCache.class);

  /** A cluster does not double in less, but for a small one. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  static ReadCache of(ReadTuning tuning, Clock clock, Timers timers) {
    var threads = Niceness.threads(tuning.readerNice());
    var fragments =
        new Fragments(tuning.cacheBytes(), tuning.rest(), clock::monotonicNanos, threads);
    var editions = new Editions<String>(fragments, clock::monotonicNanos);
    timers.every(
        tuning.rest(),
        timer -> timers.vertx().executeBlocking(Executors.callable(editions::rest), false));
    return new ReadCache(fragments, editions, threads);
  }

  /**
   * Has {@code /state} read while the cluster grows.
   *
   * @param plain reads it
   */
  void readAhead(ReadTuning tuning, Snapshots snapshots, PlainEndpoints plain, Timers timers) {
    var ahead = new ReadAhead(tuning.aheadRows());
    var vertx = timers.vertx();
    timers.every(
        LOOK,
        timer -> {
          if (ahead.goesOn()) {
            // A core that has no room for a read is asked again the next time.
            snapshots.next().thenAccept(snapshot -> readAhead(ahead, snapshot, plain));
          } else {
            vertx.cancelTimer(timer);
          }
        });
  }

  private void readAhead(ReadAhead ahead, Snapshot snapshot, PlainEndpoints plain) {
    var rows =
        (long) snapshot.agents().size()
            + snapshot.tasks().size()
            + snapshot.unreachableTasks().size()
            + snapshot.completedTasks().size();
    if (ahead.isDue(rows)) {
      threads.newThread(() -> readAhead(snapshot, plain)).start();
    }
  }

  private static void readAhead(Snapshot snapshot, PlainEndpoints plain) {
    try {
      plain.readAhead(snapshot);
    } catch (IOException | RuntimeException e) {
      LOG.warn("/state could not be read ahead", e);
    }
  }

  /** Reads of what snapshots show. */
  Reads reads(Snapshots snapshots) {
    return new Reads(snapshots, fragments, editions);
  }
}
