package io.proffer.master.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.metrics.Figures;
import org.junit.jupiter.api.Test;

final class AllocationTimesTest {
  private final AllocationTimes times = new AllocationTimes(() -> 0);

  private double told(String name) {
    var figures = new Figures();
    times.addTo(figures);
    return figures.named().get(name);
  }

  @Test
  void runsAreCountedAndSlicesTimed() {
    times.sliced(0, 1_000_000, 1);
    times.sliced(0, 1_000_000, 1);
    times.sliced(0, 1_000_000, 2);

    assertEquals(2, told("allocator/mesos/allocation_runs"));
    assertEquals(3, told("allocator/mesos/allocation_run_ms/count"));
  }

  @Test
  void nothingWaitsForTheAllocator() {
    assertEquals(0, told("allocator/mesos/event_queue_dispatches"));
    assertEquals(0, told("allocator/event_queue_dispatches"));
  }
}
