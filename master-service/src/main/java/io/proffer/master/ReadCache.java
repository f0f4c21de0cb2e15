package io.proffer.master;

import io.proffer.kernel.Clock;
import io.proffer.master.http.Reads;
import io.proffer.master.http.Snapshots;
import io.proffer.master.http.piece.Editions;
import io.proffer.master.http.piece.Fragments;
import io.vertx.core.Vertx;
import java.util.concurrent.Executors;

/** What is kept encoded for those who read, and let go of in time. */
record ReadCache(Fragments fragments, Editions<String> editions) {
  static ReadCache of(ReadTuning tuning, Clock clock, Vertx vertx) {
    var fragments = new Fragments(tuning.cacheBytes(), tuning.rest(), clock::monotonicNanos);
    var editions = new Editions<String>(fragments, clock::monotonicNanos);
    vertx.setPeriodic(
        tuning.rest().toMillis(),
        timer -> vertx.executeBlocking(Executors.callable(editions::rest), false));
    return new ReadCache(fragments, editions);
  }

  /** Reads of what snapshots show. */
  Reads reads(Snapshots snapshots) {
    return new Reads(snapshots, fragments, editions);
  }
}
