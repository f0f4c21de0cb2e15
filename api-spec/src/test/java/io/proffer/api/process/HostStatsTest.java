package io.proffer.api.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class HostStatsTest {
  @Test
  void loadAndMemoryAreReadAsTheKernelWritesThem() {
    var stats = new TreeMap<String, Number>();

    HostStats.load("2.91 2.45 2.38 3/512 12345\n", stats);
    HostStats.memory(
        List.of("MemTotal:       24684084 kB", "MemFree:  1024 kB", "Cached: 9 kB"), stats);

    assertEquals(
        Map.of(
            "avg_load_1min", 2.91,
            "avg_load_5min", 2.45,
            "avg_load_15min", 2.38,
            "mem_total_bytes", 25276502016L,
            "mem_free_bytes", 1048576L),
        stats);
  }

  @Test
  void thereAreAlwaysProcessors() {
    assertTrue(HostStats.read().get("cpus_total").intValue() > 0);
  }
}
