package io.proffer.e2e.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code proffer bench} as users call it, small. */
@Timeout(180)
final class BenchTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void fiftyAgentsPlayFiveHundredLifeCyclesAndNoneIsLost(String format) throws Exception {
    var figures =
        BenchRun.of(
            directory,
            List.of("-XX:TieredStopAtLevel=1"),
            "--agents=50",
            "--tasks=500",
            "--concurrency=100",
            "--time_limit=1mins",
            "--master_java_option=-XX:TieredStopAtLevel=1",
            "--format=" + format,
            "--json");
    check(new ObjectMapper().readTree(figures));
  }

  @Test
  void readersPollWhileTasksAreLaunched() throws Exception {
    var figures =
        new ObjectMapper()
            .readTree(
                BenchRun.of(
                    directory,
                    List.of("-XX:TieredStopAtLevel=1"),
                    "--scenario=read",
                    "--agents=50",
                    "--tasks=500",
                    "--concurrency=100",
                    "--pollers=10",
                    "--poll_interval=200ms",
                    "--poll_window=2secs",
                    "--time_limit=1mins",
                    "--master_java_option=-XX:TieredStopAtLevel=1",
                    "--json"));
    assertEquals(0, figures.get("lost_or_failed").asInt());
    assertTrue(figures.get("ACCEPTs_with_pollers").asInt() > 0, figures::toString);
    assertTrue(figures.get("reads_of_/state_with_pollers").asInt() >= 10, figures::toString);
    var usual = figures.get("read_of_/state_p50_with_pollers_ms").asDouble();
    assertTrue(usual > 0, figures::toString);
    assertTrue(
        figures.get("read_of_/state_max_with_pollers_ms").asDouble() >= usual, figures::toString);
    assertTrue(
        figures.get("size_of_/state_with_gzip_MB").asDouble()
            < figures.get("size_of_/state_MB").asDouble() / 3,
        figures::toString);
    assertTrue(
        figures.get("ACCEPT_decoded_to_frame_p99_with_pollers_ms").asDouble() > 0,
        figures::toString);
  }

  private static void check(JsonNode figures) {
    assertEquals(500, figures.get("life_cycles").asInt());
    assertEquals(0, figures.get("lost_or_failed").asInt());
    assertTrue(figures.get("life_cycles_per_second").asDouble() > 0, figures::toString);
    assertTrue(figures.get("turn_Accept_max_ms").asDouble() > 0, figures::toString);
  }
}
