package io.proffer.agent.gc;

import io.proffer.api.metrics.Figures;
import io.proffer.api.metrics.Metric;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** What was collected, for the metrics. Read on any thread. */
public final class GcCounts {
  private static final Metric PENDING =
      Metric.gauge("proffer_agent_sandboxes_to_remove", "Sandboxes that wait to be removed.");
  private static final Metric REMOVED =
      Metric.counter(
          "proffer_agent_sandbox_removals_total", "Removals of sandboxes, by outcome.", "outcome");
  private static final Metric MAX_AGE =
      Metric.gauge(
          "proffer_agent_sandbox_max_age_seconds", "How old a sandbox may become for now.");

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

  /** Tells them. */
  public void addTo(Figures figures) {
    figures.add("gc/path_removals_pending", PENDING, pending.get());
    figures.add("gc/path_removals_succeeded", REMOVED, removed.get(), "removed");
    figures.add("gc/path_removals_failed", REMOVED, failed.get(), "failed");
    figures.add("slave/executor_directory_max_allowed_age_secs", MAX_AGE, maxAgeSeconds.get());
  }
}
