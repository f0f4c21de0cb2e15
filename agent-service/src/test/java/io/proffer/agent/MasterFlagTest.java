package io.proffer.agent;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.flags.Flags;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an agent shows of its {@code --master}. */
@Timeout(60)
class MasterFlagTest {
  @Test
  void thePasswordForZooKeeperIsShownToNobody(@TempDir Path directory)
      throws IOException, InterruptedException {
    var flags =
        Map.of(
            "master",
            "zk://user:hunter2@127.0.0.1:1/proffer",
            "work_dir",
            directory.toString(),
            "port",
            "0",
            "resources",
            "cpus:1;mem:64;disk:64");
    var agent = AgentAssembly.start(Flags.fill(new AgentConfig(), flags));
    try (var client = HttpClient.newHttpClient()) {
      for (var path : new String[] {"/flags", "/state"}) {
        var uri = URI.create("http://127.0.0.1:" + agent.port() + path);
        var shown =
            client
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        assertTrue(shown.contains("zk://user:***@127.0.0.1:1/proffer"), shown);
        assertFalse(shown.contains("hunter2"), shown);
      }
    } finally {
      agent.detach();
    }
  }
}
