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

  private final Spans slices;
  private final Spans waits;
  private volatile long begun;

  /**
   * @param nanos monotonic nanoseconds now
   */
  public AllocationTimes(LongSupplier nanos) {
    this.slices = new Spans(nanos);
    this.waits = new Spans(nanos);
  }

  /**
   * A slice, in nanoseconds. Of the loop's thread.
   *
   * @param runsBegun how many runs have begun, that of the slice included
   */
  public void sliced(long waited, long took, long runsBegun) {
    begun = runsBegun;
    waits.record(waited);
    slices.record(took);
  }

  void addTo(Figures figures) {
    figures.add("allocator/mesos/allocation_run_ms", RUN, slices.read());
    figures.name("allocator/mesos/allocation_runs", begun);
    // The reference's allocator has a queue; this one follows each event before the next turn.
    figures.name("allocator/mesos/event_queue_dispatches", 0);
    figures.name("allocator/event_queue_dispatches", 0);
    figures.add("allocator/mesos/allocation_run_latency_ms", LATENCY, waits.read());
  }
}
