package io.proffer.e2e.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code proffer quota} and {@code proffer weights}, and what is left of them after kill -9. */
@Timeout(180)
final class RolesTest {
  private static final String QUOTAS =
      """
      ROLE   GUARANTEES         LIMITS
      batch  -                  cpus:2;gpus:0
      web    cpus:1.5;mem:1024  -
      """;
  private static final String WEIGHTS =
      """
      ROLE   WEIGHT
      batch  0.5
      web    2.0
      """;

  @TempDir private Path directory;

  @Test
  void whatWasSetIsThereAfterTheMasterIsKilled() throws Exception {
    try (var cluster = Cluster.withAgent()) {
      assertEquals("", ok(cluster, "weights", "set", "web=2", "batch=0.5"));
      assertEquals("", ok(cluster, "quota", "set", "web", "--guarantees=cpus:1.5;mem:1024"));
      assertEquals("", ok(cluster, "quota", "set", "batch", "--limits=cpus:2,gpus:0"));
      assertEquals("", ok(cluster, "quota", "set", "gone", "--limits=cpus:2"));
      assertEquals("", ok(cluster, "quota", "remove", "gone"));

      cluster.masterProcess().kill();
      cluster.startMaster();

      assertEquals(QUOTAS, ok(cluster, "quota"));
      assertEquals(WEIGHTS, ok(cluster, "weights"));
      assertEquals("GET_WEIGHTS", Json.of(ok(cluster, "weights", "--json")).path("type").asText());
    }
  }

  @Test
  void whatIsRefusedEndsTheCommandWithTheReason() throws Exception {
    try (var cluster = Cluster.withAgent()) {
      cluster.awaitAgents(1);
      assertRefused(
          "proffer quota set: ",
          "exceed cluster capacity",
          cluster,
          List.of("quota", "set", "web", "--guarantees=cpus:1000"));
      assertEquals("", ok(cluster, "quota", "set", "web", "--guarantees=cpus:1000", "--force"));
      assertRefused(
          "proffer quota remove: ",
          "Role 'none' has no quota set",
          cluster,
          List.of("quota", "remove", "none"));
      assertRefused(
          "proffer weights set: ",
          "Weights must be positive",
          cluster,
          List.of("weights", "set", "web=0"));
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
