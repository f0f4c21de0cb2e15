package io.proffer.e2e.durability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import io.proffer.e2e.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The disk of an agent is full, at its start or because of a task: a small one of its own. */
@Timeout(120)
final class AgentFullDiskTest {
  /** Ends when there is no room for one letter more. */
  private static final String PROBE =
      "i=0; while echo x > probe$i; do i=$((i + 1)); sleep 0.1; done; exit 5";

  /** Takes what others give back, too. */
  private static final String FILL = "while :; do cat /dev/zero >> fill; sleep 0.05; done";

  @TempDir Path directory;
  private Path disk;

  @BeforeEach
  void aDirectoryToMountAt() throws IOException {
    disk = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(ServiceProcess.canMount(disk), "this host lets nobody mount: skipped");
  }

  private List<String> agent(int port, int masterPort) {
    return List.of(
        "agent",
        "--ip=127.0.0.1",
        "--port=" + port,
        "--master=127.0.0.1:" + masterPort,
        "--work_dir=" + disk.resolve("work"),
        "--runtime_dir=" + disk.resolve("run"),
        "--switch_user=false",
        "--resources=cpus:4;mem:256");
  }

  @Test
  void anAgentWithoutRoomToStartSaysSo() {
    try (var agent =
        ServiceProcess.startOnDisk(
            directory.resolve("log"), disk, "8k", agent(ServiceProcess.freePort(), 1))) {
      assertNotEquals(0, agent.awaitExit(Duration.ofSeconds(30)));
      var output = agent.output();
      assertTrue(output.contains("Is the disk full") && output.contains("_dir="), output);
      assertFalse(output.contains("\tat "), output);
    }
  }

  @Test
  void aTaskThatFillsTheDiskCanStillBeKilledAndEveryEndIsReported() throws Exception {
    var port = ServiceProcess.freePort();
    try (var cluster = Cluster.master();
        var agent =
            ServiceProcess.startOnDisk(
                directory.resolve("log"), disk, "8m", agent(port, cluster.masterPort()));
        var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("full"))) {
      agent.awaitHealthy(port);
      var seen = Path.of("/proc", Long.toString(agent.pid()), "root").resolve("." + disk);
      var first = scheduler.awaitOffer();
      scheduler.launch(first, List.of(Scheduler.task("probe", PROBE, first)));
      Awaitility.await("the probe").atMost(Duration.ofSeconds(20)).until(() -> has(seen, "probe1"));
      var offer = scheduler.awaitOffer();
      scheduler.launch(offer, List.of(Scheduler.task("fill", FILL, offer)));
      assertEquals(
          "Command exited with status 5",
          scheduler.awaitUpdate("probe", "TASK_FAILED").path("message").asText());
      Awaitility.await("a full disk")
          .atMost(Duration.ofSeconds(20))
          .until(() -> Files.getFileStore(seen).getUsableSpace() == 0);

      var next = scheduler.awaitOffer();
      scheduler.launch(next, List.of(Scheduler.task("late", "true", next)));
      // Some file systems have no room for the sandbox, others none for what the supervisor leaves.
      var late = end(scheduler, "late");
      assertTrue(tellsOfTheDisk(late.path("message").asText()), late.toString());
      assertTrue(tellsOfTheDisk(agent.output()), agent.output());
      scheduler.accepted(Json.of("{'type':'KILL','kill':{'task_id':{'value':'fill'}}}"));
      assertEquals(
          "Command terminated with signal Terminated",
          scheduler.awaitUpdate("fill", "TASK_KILLED").path("message").asText());

      free(seen);
      var last = scheduler.awaitOffer();
      scheduler.launch(last, List.of(Scheduler.task("again", "true", last)));
      scheduler.awaitUpdate("again", "TASK_FINISHED");
      assertFalse(agent.output().contains("\tat "), agent.output());
      scheduler.teardown();
    }
  }

  private static JsonNode end(Scheduler scheduler, String task) {
    while (true) {
      var status =
          scheduler
              .await("UPDATE", e -> e.at("/update/status/task_id/value").asText().equals(task))
              .at("/update/status");
      scheduler.acknowledge(status);
      if (!List.of("TASK_STARTING", "TASK_RUNNING").contains(status.path("state").asText())) {
        return status;
      }
    }
  }

  private static boolean tellsOfTheDisk(String text) {
    return text.contains("No space left on device") || text.contains("Is the disk full?");
  }

  private static boolean has(Path root, String name) throws IOException {
    try (var files = Files.walk(root)) {
      return files.anyMatch(file -> file.endsWith(name));
    }
  }

  private static void free(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      for (var file : files.filter(Files::isRegularFile).filter(f -> f.endsWith("fill")).toList()) {
        Files.delete(file);
      }
    }
  }
}
