package io.proffer.master;

import io.proffer.kernel.Clock;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.http.PlainEndpoints;
import io.proffer.master.http.ReadAhead;
import io.proffer.master.http.Reads;
import io.proffer.master.http.Snapshots;
import io.proffer.master.http.piece.Editions;
import io.proffer.master.http.piece.Fragments;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is kept encoded for those who read, and let go of in time. */
record ReadCache(Fragments fragments, Editions<String> editions) {
  private static final Logger LOG = LoggerFactory.getLogger(ReadCache.class);

  /** A cluster does not double in less, but for a small one. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  static ReadCache of(ReadTuning tuning, Clock clock, Timers timers) {
    var fragments = new Fragments(tuning.cacheBytes(), tuning.rest(), clock::monotonicNanos);
    var editions = new Editions<String>(fragments, clock::monotonicNanos);
    timers.every(
        tuning.rest(),
        timer -> timers.vertx().executeBlocking(Executors.callable(editions::rest), false));
    return new ReadCache(fragments, editions);
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
            snapshots.next().thenAccept(snapshot -> readAhead(ahead, snapshot, plain, vertx));
          } else {
            vertx.cancelTimer(timer);
          }
        });
  }

  private static void readAhead(
      ReadAhead ahead, Snapshot snapshot, PlainEndpoints plain, Vertx vertx) {
    var rows =
        (long) snapshot.agents().size()
            + snapshot.tasks().size()
            + snapshot.unreachableTasks().size()
            + snapshot.completedTasks().size();
    if (ahead.isDue(rows)) {
      vertx
          .executeBlocking(
              () -> {
                plain.readAhead(snapshot);
                return rows;
              },
              false)
          .onFailure(failure -> LOG.warn("/state could not be read ahead", failure));
    }
  }

  /** Reads of what snapshots show. */
  Reads reads(Snapshots snapshots) {
    return new Reads(snapshots, fragments, editions);
  }
}
