package io.proffer.agent.gc;

import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** What was collected, for the metrics. Read on any thread. */
public final class GcCounts {
  private final AtomicLong pending = new AtomicLong();
  private final AtomicLong removed = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong maxAgeSeconds;

  /**
   * @param maxAge what holds before the disk was looked at
   */
  public GcCounts(Duration maxAge) {
    this.maxAgeSeconds = new AtomicLong(maxAge.toSeconds());
  }

  void round(Duration maxAge, long waiting) {
    maxAgeSeconds.set(maxAge.toSeconds());
    pending.set(waiting);
  }

  void removed() {
    removed.incrementAndGet();
  }

  void failed() {
    failed.incrementAndGet();
  }

  /** Under the reference's names. */
  public SortedMap<String, Double> metrics() {
    var all = new TreeMap<String, Double>();
    all.put("gc/path_removals_pending", (double) pending.get());
    all.put("gc/path_removals_succeeded", (double) removed.get());
    all.put("gc/path_removals_failed", (double) failed.get());
    all.put("slave/executor_directory_max_allowed_age_secs", (double) maxAgeSeconds.get());
    return all;
  }
}
