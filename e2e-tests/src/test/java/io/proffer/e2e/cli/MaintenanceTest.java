package io.proffer.e2e.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code proffer agent ORDER} and {@code proffer maintenance}. */
@Timeout(180)
final class MaintenanceTest {
  @TempDir private Path directory;

  @Test
  void machinesArePlannedGoAndComeBack() throws Exception {
    try (var cluster = Cluster.withAgent()) {
      var start = "--start=2026-12-01T02:00";
      assertEquals(
          "", ok(cluster, "maintenance", "schedule", "a=10.0.0.1", start, "--duration=2hrs"));
      assertEquals("", ok(cluster, "maintenance", "schedule", "b=10.0.0.2", "c=10.0.0.3", start));
      assertEquals("", ok(cluster, "maintenance", "start", "b=10.0.0.2"));
      assertEquals("", ok(cluster, "maintenance", "schedule", "C=10.0.0.3", "--cancel"));

      var shown =
          """
          MACHINE     STATE     FROM                 FOR  ANSWERS
          a=10.0.0.1  draining  2026-12-01T02:00:00  2h   -
          b=10.0.0.2  down      2026-12-01T02:00:00  -    -
          """;
      assertEquals(shown, ok(cluster, "maintenance"));
      assertEquals(shown, ok(cluster, "maintenance", "show"));
      assertEquals("", ok(cluster, "maintenance", "stop", "b=10.0.0.2"));
      assertTrue(Json.of(ok(cluster, "maintenance", "--json")).has("get_maintenance_schedule"));
      assertRefused(
          "proffer maintenance start: ",
          "is not part of a maintenance schedule",
          cluster,
          List.of("maintenance", "start", "b=10.0.0.2"));
    }
  }

  @Test
  void agentsAreDeactivatedDrainedAndGone() throws Exception {
    try (var cluster = Cluster.withAgent()) {
      cluster.awaitAgents(1);
      var agent = Json.get(cluster.masterUrl() + "/slaves").at("/slaves/0/id").asText();
      assertEquals("", ok(cluster, "agent", "deactivate", agent));
      assertTrue(ok(cluster, "agents").contains("deactivated"));
      assertEquals("", ok(cluster, "agent", "reactivate", agent));
      assertTrue(ok(cluster, "agents").contains("active"));
      assertEquals("", ok(cluster, "agent", "drain", agent, "--grace_period=5secs"));
      Awaitility.await("it is empty")
          .until(
              () ->
                  Json.get(cluster.masterUrl() + "/slaves")
                      .at("/slaves/0/drain_info/state")
                      .asText()
                      .equals("DRAINED"));
      assertEquals("", ok(cluster, "agent", "gone", agent));
      assertEquals(1, ok(cluster, "agents").lines().count(), "no row is left");
      assertRefused(
          "proffer agent gone: ",
          "Agent 'nope' not found",
          cluster,
          List.of("agent", "gone", "nope"));
    }
  }

  private String ok(Cluster cluster, String... arguments) throws IOException, InterruptedException {
    try (var tool = tool(cluster, List.of(arguments))) {
      assertEquals(0, tool.await(), tool::everything);
      return tool.out();
    }
  }

  private void assertRefused(
      String beginning, String reason, Cluster cluster, List<String> arguments)
      throws IOException, InterruptedException {
    try (var tool = tool(cluster, arguments)) {
      assertEquals(1, tool.await(), tool::everything);
      assertTrue(tool.err().startsWith(beginning), tool::everything);
      assertTrue(tool.err().contains(reason), tool::everything);
    }
  }

  private Tool tool(Cluster cluster, List<String> arguments) throws IOException {
    var all = new ArrayList<>(arguments);
    all.add("--master=" + Tool.master(cluster));
    return Tool.proffer(directory, all.toArray(String[]::new));
  }
}
