package io.proffer.e2e.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/quota.md} tells people to type does what it says. */
@Timeout(180)
final class QuotaDocumentTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("project.root", "..")).toAbsolutePath().resolve("docs/quota.md");

  @TempDir private Path directory;

  @Test
  void itsExamplesRunFromTheFirstToTheLast() throws Exception {
    try (var cluster = Cluster.master()) {
      cluster.addAgent("cpus:4;mem:4096");
      cluster.addAgent("cpus:4;mem:4096");
      cluster.awaitAgents(2);
      Tool.launcher(directory, "--master=" + Tool.master(cluster));
      var typed = Files.writeString(directory.resolve("typed.sh"), examples(cluster));

      try (var script = Tool.example(directory, Map.of(), "sh", "-e", typed.toString())) {
        assertEquals(0, script.await(), script::everything);
        assertTrue(script.out().contains("web    2.0"), script.out());
        assertTrue(script.out().contains("batch  -                cpus:3;gpus:0"), script.out());
      }
      var configs = Json.get(cluster.masterUrl() + "/quota").path("configs");
      assertEquals(2.0, configs.at("/1/guarantees/cpus/value").asDouble(), configs.toString());
      assertTrue(configs.at("/1/guarantees/mem").isMissingNode(), "the last call had only cpus");
      assertTrue(configs.at("/0/limits").isMissingNode(), "removed: " + configs);
    }
  }

  /** All that is indented, but the cluster that the reader is told to start first. */
  private String examples(Cluster cluster) throws IOException {
    return "cd "
        + directory
        + "\n"
        + Files.readAllLines(DOCUMENT).stream()
            .filter(line -> line.startsWith("    ") && !line.contains("bin/proffer local"))
            .map(line -> line.substring(4).replace("127.0.0.1:5050", Tool.master(cluster)))
            .collect(Collectors.joining("\n"))
        + "\n";
  }
}
