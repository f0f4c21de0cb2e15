package io.proffer.e2e.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
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

  private static void check(JsonNode figures) {
    assertEquals(500, figures.get("life_cycles").asInt());
    assertEquals(0, figures.get("lost_or_failed").asInt());
    assertTrue(figures.get("life_cycles_per_second").asDouble() > 0, figures::toString);
    assertTrue(figures.get("turn_Accept_max_ms").asDouble() > 0, figures::toString);
  }
}
