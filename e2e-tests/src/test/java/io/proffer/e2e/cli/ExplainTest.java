package io.proffer.e2e.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code proffer explain}: of a role, and of an agent. */
@Timeout(180)
final class ExplainTest {
  @TempDir private Path directory;

  @Test
  void aRoleAndAnAgentAreAskedAbout() throws Exception {
    try (var cluster = Cluster.withAgent();
        var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("web"))) {
      var offer = scheduler.awaitOffer();
      var agent = offer.at("/agent_id/value").asText();
      var framework = scheduler.frameworkId();

      var table = ok(cluster, framework, "--role=web", "--agent=" + agent);
      assertTrue(table.startsWith("ROLE  AGENTS  REASON"), table);
      assertTrue(table.contains("OFFERED"), table);
      assertTrue(table.contains(agent), table);

      var json = Json.of(ok(cluster, framework, "--role=web", "--agent=" + agent, "--json"));
      assertEquals("web", json.at("/roles/0/role").asText());
      assertEquals("OFFERED", json.at("/roles/0/findings/0/reason").asText());

      assertRefused("it is not in 'other'", cluster, framework, "--role=other");
      assertRefused("there is none with id 'nobody'", cluster, framework, "--agent=nobody");
    }
  }

  private String ok(Cluster cluster, String... arguments) throws IOException, InterruptedException {
    try (var tool = tool(cluster, arguments)) {
      assertEquals(0, tool.await(), tool::everything);
      return tool.out();
    }
  }

  private void assertRefused(String reason, Cluster cluster, String... arguments)
      throws IOException, InterruptedException {
    try (var tool = tool(cluster, arguments)) {
      assertEquals(1, tool.await(), tool::everything);
      assertTrue(tool.err().startsWith("proffer explain: "), tool::everything);
      assertTrue(tool.err().contains(reason), tool::everything);
    }
  }

  private Tool tool(Cluster cluster, String... arguments) throws IOException {
    var all = new ArrayList<>(List.of("explain"));
    all.addAll(List.of(arguments));
    all.add("--master=" + Tool.master(cluster));
    return Tool.proffer(directory, all.toArray(String[]::new));
  }
}
