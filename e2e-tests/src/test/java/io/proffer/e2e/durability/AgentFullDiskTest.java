package io.proffer.e2e.durability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.cli.bench.process.FreePorts;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import io.proffer.e2e.ServiceProcess;
import io.proffer.e2e.metrics.Scrape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
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

  private List<String> agent(int port, int masterPort, Path runtime, String... more) {
    return Stream.concat(
            Stream.of(
                "agent",
                "--ip=127.0.0.1",
                "--port=" + port,
                "--master=127.0.0.1:" + masterPort,
                "--work_dir=" + disk.resolve("work"),
                "--runtime_dir=" + runtime,
                "--switch_user=false",
                "--resources=cpus:4;mem:256"),
            Stream.of(more))
        .toList();
  }

  @Test
  void anAgentWithoutRoomToStartSaysSo() {
    try (var agent =
        ServiceProcess.startOnDisk(
            directory.resolve("log"), disk, "8k", agent(FreePorts.any(), 1, disk.resolve("run")))) {
      assertNotEquals(0, agent.awaitExit(Duration.ofSeconds(30)));
      var output = agent.output();
      assertTrue(tellsOfTheDisk(output) && output.contains("_dir="), output);
      assertFalse(output.contains("\tat "), output);
    }
  }

  @Test
  void aTaskThatFillsTheDiskTakesNothingButRoomForLaunchesFromOthers() throws Exception {
    var port = FreePorts.any();
    var go = directory.resolve("go");
    try (var cluster = Cluster.master();
        var agent =
            ServiceProcess.startOnDisk(
                directory.resolve("log"),
                disk,
                "16m",
                agent(
                    port,
                    cluster.masterPort(),
                    directory.resolve("run"),
                    "--disk_watch_interval=500ms"));
        var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("full"))) {
      agent.awaitHealthy(port);
      var first = scheduler.awaitOffer();
      scheduler.launch(first, crowd(first, go));
      scheduler.awaitUpdate("probe", "TASK_RUNNING");
      var stays = pid(scheduler.awaitUpdate("stays", "TASK_RUNNING"));
      scheduler.awaitUpdate("fill", "TASK_RUNNING");
      Files.createFile(go);

      assertEquals(
          "Command exited with status 5",
          scheduler.awaitUpdate("probe", "TASK_FAILED").path("message").asText());
      var second = scheduler.awaitOffer();
      scheduler.launch(second, List.of(Scheduler.task("late", "true", second)));
      assertEquals(
          "The disk of this agent is full: launch the task elsewhere, or when there is room again",
          scheduler.awaitUpdate("late", "TASK_DROPPED").path("message").asText());
      assertEquals(1, told(port, "proffer_agent_disk_full"));
      scheduler.accepted(Json.of("{'type':'KILL','kill':{'task_id':{'value':'fill'}}}"));
      scheduler.awaitUpdate("fill", "TASK_KILLED");
      var ballast =
          Path.of("/proc", Long.toString(stays), "root")
              .resolve("." + disk)
              .resolve("work/ballast");
      Awaitility.await("the sandbox of what filled the disk is removed")
          .atMost(Duration.ofSeconds(40))
          .until(() -> Files.size(ballast) == 2 << 20);
      var third = scheduler.awaitOffer();
      scheduler.launch(third, List.of(Scheduler.task("again", "true", third)));
      scheduler.awaitUpdate("again", "TASK_FINISHED");
      assertEquals(0, told(port, "proffer_agent_disk_full"));
      assertTrue(agent.alive());
      scheduler.accepted(Json.of("{'type':'KILL','kill':{'task_id':{'value':'stays'}}}"));
      scheduler.awaitUpdate("stays", "TASK_KILLED");
      scheduler.teardown();
    } catch (AssertionError e) {
      throw new AssertionError("The agent said:\n" + Files.readString(directory.resolve("log")), e);
    }
  }

  @Test
  void anAgentThatEndedOnAFullDiskStartsAgainOnceWhatFilledItHasEnded() throws Exception {
    var port = FreePorts.any();
    // On another disk, so that it can be made at any time.
    var go = directory.resolve("go");
    try (var cluster = Cluster.master()) {
      // Without ballast, as if it had all been used.
      var command =
          agent(port, cluster.masterPort(), directory.resolve("run"), "--disk_ballast=0B");
      try (var agent = ServiceProcess.startOnDisk(directory.resolve("log"), disk, "8m", command);
          var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("full"))) {
        agent.awaitHealthy(port);
        var first = scheduler.awaitOffer();
        scheduler.launch(first, crowd(first, go));
        scheduler.awaitUpdate("probe", "TASK_RUNNING");
        var stays = pid(scheduler.awaitUpdate("stays", "TASK_RUNNING"));
        var fill = pid(scheduler.awaitUpdate("fill", "TASK_RUNNING"));
        Files.createFile(go);

        // The end of the probe cannot be stored, and what is not stored nobody may hear.
        assertEquals(1, agent.awaitExit(Duration.ofSeconds(60)));
        assertTrue(tellsOfTheDisk(agent.output()), agent.output());
        ProcessHandle.of(fill).ifPresent(ProcessHandle::destroy);
        Awaitility.await("the end of what fills the disk")
            .atMost(Duration.ofSeconds(20))
            .until(() -> ProcessHandle.of(fill).isEmpty());

        startsNotElsewhere(
            stays,
            agent(port, cluster.masterPort(), directory.resolve("other"), "--disk_ballast=0B"));
        try (var next = ServiceProcess.startBeside(directory.resolve("log2"), stays, command)) {
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
  }

  /** Nothing is in that runtime directory of what runs, and its sandbox is not touched. */
  private void startsNotElsewhere(long runs, List<String> command) throws IOException {
    try (var agent = ServiceProcess.startBeside(directory.resolve("log1"), runs, command)) {
      assertEquals(1, agent.awaitExit(Duration.ofSeconds(60)));
      assertTrue(agent.output().contains("The agent ran with --runtime_dir="), agent.output());
    }
    var sandbox = Files.readSymbolicLink(Path.of("/proc", Long.toString(runs), "cwd"));
    assertFalse(sandbox.toString().endsWith(" (deleted)"), sandbox.toString());
  }

  /** One that needs the disk, one that does not, and one that fills it when a file is there. */
  private static List<ObjectNode> crowd(JsonNode offer, Path go) {
    return List.of(
        Scheduler.task("probe", PROBE, offer),
        Scheduler.task("stays", "sleep 600", offer),
        Scheduler.task("fill", "while [ ! -e " + go + " ]; do sleep 0.05; done; " + FILL, offer));
  }

  private static long pid(JsonNode status) {
    return status.at("/container_status/executor_pid").asLong();
  }

  private static double told(int port, String metric) {
    var scrape = new Scrape();
    scrape.add("http://127.0.0.1:" + port);
    return scrape.value(metric);
  }

  private static boolean tellsOfTheDisk(String text) {
    return text.contains("No space left")
        || text.contains("Is the disk full?")
        || text.contains("look at the disk");
  }
}
