package io.proffer.e2e.durability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.cli.bench.process.FreePorts;
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
            directory.resolve("log"), disk, "8k", agent(FreePorts.any(), 1))) {
      assertNotEquals(0, agent.awaitExit(Duration.ofSeconds(30)));
      var output = agent.output();
      assertTrue(tellsOfTheDisk(output) && output.contains("_dir="), output);
      assertFalse(output.contains("\tat "), output);
    }
  }

  @Test
  void aTaskThatFillsTheDiskEndsTheAgentWithASentenceAndNoTaskNorItsEnd() throws Exception {
    var port = FreePorts.any();
    // On another disk, so that it can be made at any time.
    var go = directory.resolve("go");
    try (var cluster = Cluster.master();
        var agent =
            ServiceProcess.startOnDisk(
                directory.resolve("log"), disk, "8m", agent(port, cluster.masterPort()));
        var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("full"))) {
      agent.awaitHealthy(port);
      var first = scheduler.awaitOffer();
      scheduler.launch(
          first,
          List.of(
              Scheduler.task("probe", PROBE, first),
              Scheduler.task("stays", "sleep 600", first),
              Scheduler.task(
                  "fill", "while [ ! -e " + go + " ]; do sleep 0.05; done; " + FILL, first)));
      scheduler.awaitUpdate("probe", "TASK_RUNNING");
      var stays = pid(scheduler.awaitUpdate("stays", "TASK_RUNNING"));
      var fill = pid(scheduler.awaitUpdate("fill", "TASK_RUNNING"));
      Files.createFile(go);

      // The end of the probe cannot be stored, and what is not stored nobody may hear.
      assertEquals(1, agent.awaitExit(Duration.ofSeconds(60)));
      assertTrue(tellsOfTheDisk(agent.output()), agent.output());
      var seen = Path.of("/proc", Long.toString(stays), "root").resolve("." + disk);
      ProcessHandle.of(fill).ifPresent(ProcessHandle::destroy);
      Awaitility.await("the end of what fills the disk")
          .atMost(Duration.ofSeconds(20))
          .until(() -> ProcessHandle.of(fill).isEmpty());
      free(seen);

      try (var next =
          ServiceProcess.startBeside(
              directory.resolve("log2"), stays, agent(port, cluster.masterPort()))) {
        next.awaitHealthy(port);
        assertEquals(
            "Command exited with status 5",
            scheduler.awaitUpdate("probe", "TASK_FAILED").path("message").asText());
        assertEquals(
            "Command terminated with signal Terminated",
            scheduler.awaitUpdate("fill", "TASK_FAILED").path("message").asText());
        scheduler.accepted(Json.of("{'type':'KILL','kill':{'task_id':{'value':'stays'}}}"));
        scheduler.awaitUpdate("stays", "TASK_KILLED");
        scheduler.teardown();
      }
    }
  }

  private static long pid(JsonNode status) {
    return status.at("/container_status/executor_pid").asLong();
  }

  private static boolean tellsOfTheDisk(String text) {
    return text.contains("No space left")
        || text.contains("Is the disk full?")
        || text.contains("look at the disk");
  }

  private static void free(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      for (var file : files.filter(Files::isRegularFile).filter(f -> f.endsWith("fill")).toList()) {
        Files.delete(file);
      }
    }
  }
}
