package io.proffer.master.metrics;

import io.proffer.api.metrics.Figures;
import io.proffer.api.metrics.Metric;
import io.proffer.api.metrics.Spans;
import java.util.function.LongSupplier;

/**
 * Slices of allocation: how long they took, and how late they came. In a small cluster a run is one
 * slice.
 */
public final class AllocationTimes {
  private static final Metric RUN =
      Metric.histogram("proffer_master_allocation_seconds", "Time of slices of allocation.");
  private static final Metric LATENCY =
      Metric.histogram(
          "proffer_master_allocation_latency_seconds",
          "Time from when a slice of allocation was due until it began.");

  private final Spans runs;
  private final Spans waits;

  /**
   * @param nanos monotonic nanoseconds now
   */
  public AllocationTimes(LongSupplier nanos) {
    this.runs = new Spans(nanos);
    this.waits = new Spans(nanos);
  }

  /** A slice, in nanoseconds. Of the loop's thread. */
  public void sliced(long waited, long took) {
    waits.record(waited);
    runs.record(took);
  }

  void addTo(Figures figures) {
    var read = runs.read();
    figures.add("allocator/mesos/allocation_run_ms", RUN, read);
    figures.name("allocator/mesos/allocation_runs", read.count());
    figures.add("allocator/mesos/allocation_run_latency_ms", LATENCY, waits.read());
  }
}
