package io.proffer.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logs in files, and as services show them. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LogDirTest {
  @TempDir Path directory;

  @Test
  void masterAndAgentShowWhatTheyWrite() {
    try (var cluster = Cluster.master("--log_dir=" + directory)) {
      cluster.addAgent(Cluster.RESOURCES, "--log_dir=" + directory);
      cluster.awaitAgents(1);
      var agent = "http://127.0.0.1:" + cluster.agentPort(0);
      shows(cluster.masterUrl(), "/master/log", "master.log", " registered at ");
      shows(agent, "/slave/log", "agent.log", "egistered");
      assertEquals(
          directory.toString(), Json.get(cluster.masterUrl() + "/state").path("log_dir").asText());
      assertEquals(directory.toString(), Json.get(agent + "/state").path("log_dir").asText());
      // Sandboxes are served beside it.
      assertTrue(Json.get(agent + "/files/debug").size() >= 1);
    }
  }

  private void shows(String url, String path, String name, String words) {
    var file = directory.resolve(name);
    Awaitility.await(words + " in " + file)
        .atMost(Duration.ofSeconds(20))
        .until(() -> Files.readString(file).contains(words));
    var read = Json.get(url + "/files/read?path=" + path + "&offset=0&length=20000");
    assertTrue(read.path("data").asText().contains(words), read.toString());
    assertEquals(file.toString(), Json.get(url + "/files/debug").path(path).asText());
  }
}
