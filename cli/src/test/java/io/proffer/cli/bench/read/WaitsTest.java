package io.proffer.cli.bench.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WaitsTest {
  private static String page(int first, int second, int all) {
    return """
        proffer_master_command_seconds_bucket{command="Accept",le="0.001"} %d.0
        proffer_master_command_seconds_bucket{command="Decline",le="0.001"} 77.0
        proffer_master_command_seconds_bucket{command="Accept",le="0.002"} %d.0
        proffer_master_command_seconds_bucket{command="Accept",le="+Inf"} %d.0
        proffer_master_command_seconds_count{command="Accept"} %d.0
        """
        .formatted(first, second, all, all);
  }

  @Test
  void onlyWhatCameSinceCounts() {
    var waits =
        Waits.of("Accept", page(190, 200, 200)).since(Waits.of("Accept", page(100, 100, 100)));

    assertEquals(100, waits.count());
    assertEquals(0.5 / 0.9, waits.percentileMs(0.5), 1e-9);
    assertEquals(1.9, waits.percentileMs(0.99), 1e-9);
    assertEquals(0, Waits.of("Accept", "").percentileMs(0.99));
  }

  @Test
  void beyondTheLastBoundNothingIsKnown() {
    assertEquals(2, Waits.of("Accept", page(0, 0, 10)).percentileMs(0.5), 1e-9);
  }
}
