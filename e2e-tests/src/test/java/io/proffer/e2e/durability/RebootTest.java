package io.proffer.e2e.durability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.cli.bench.process.FreePorts;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.ContainerProcesses;
import io.proffer.e2e.ExecutorClient;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import io.proffer.e2e.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The host of an agent is started again: nothing of what ran does, and the kernel has another boot
 * id. What the agent keeps below its runtime directory is still there, as on a disk.
 */
@Timeout(300)
final class RebootTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path directory;

  private final int port = FreePorts.any();
  private Cluster cluster;
  private Scheduler scheduler;
  private ServiceProcess agent;
  private String firstId;

  /** Two tasks run, one of them on an executor of its own, when the host stops. */
  @BeforeEach
  void aHostStopsWhileTasksRun() throws IOException {
    assumeTrue(
        ServiceProcess.canMount(Files.createDirectory(directory.resolve("disk"))),
        "this host lets nobody mount: skipped");
    cluster = Cluster.master();
    agent = ServiceProcess.start(log(1), command()).awaitHealthy(port);
    scheduler =
        Scheduler.subscribe(
            cluster.masterUrl(), Scheduler.info("rebooted").put("checkpoint", true));
    var offer = scheduler.awaitOffer();
    firstId = offer.at("/agent_id/value").asText();
    scheduler.launch(
        offer,
        List.of(
            ExecutorClient.task("hosted", "e", "sleep 600", offer, scheduler.frameworkId()),
            Scheduler.task("own", "sleep 600", offer)));
    var supervisors = new ArrayList<Long>();
    supervisors.add(supervisorOf("own"));
    try (var executor = new ExecutorClient(port, scheduler.frameworkId(), "e").subscribed()) {
      executor.event("LAUNCH");
      executor.update("hosted", "TASK_RUNNING");
      supervisors.add(supervisorOf("hosted"));
      agent.kill();
      // Before what they watch, or they would leave word of how it ended.
      supervisors.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }
    Awaitility.await("nothing runs")
        .atMost(PATIENCE)
        .until(
            () -> {
              var left = ContainerProcesses.of(cluster);
              left.forEach(ProcessHandle::destroyForcibly);
              return left.isEmpty();
            });
  }

  private long supervisorOf(String task) {
    return scheduler
        .awaitUpdate(task, "TASK_RUNNING")
        .at("/container_status/executor_pid")
        .asLong();
  }

  @AfterEach
  void stop() {
    if (cluster == null) {
      return; // skipped
    }
    agent.close();
    if (scheduler != null) {
      scheduler.close();
    }
    cluster.close();
  }

  private Path log(int boot) {
    return directory.resolve("boot" + boot + ".log");
  }

  private List<String> command(String... more) {
    return Stream.concat(
            Stream.of(
                "agent",
                "--ip=127.0.0.1",
                "--port=" + port,
                "--master=127.0.0.1:" + cluster.masterPort(),
                "--work_dir=" + cluster.directory().resolve("agent0"),
                "--runtime_dir=" + cluster.directory().resolve("agent0-run"),
                "--resources=" + Cluster.RESOURCES),
            Stream.of(more))
        .toList();
  }

  /** The agent is started on a host that was itself started once more. */
  private void boot(int number, String... more) throws IOException {
    agent.close();
    var bootId = Files.writeString(directory.resolve("boot_id"), "boot-" + number + "\n");
    agent = ServiceProcess.startBooted(log(number), bootId, command(more)).awaitHealthy(port);
  }

  private JsonNode runsOneMore(String task) {
    var rescinded =
        scheduler.seen(event -> true, 0).stream()
            .map(event -> event.at("/rescind/offer_id"))
            .toList();
    var offer =
        scheduler
            .await("OFFERS", event -> !rescinded.contains(event.at("/offers/offers/0/id")))
            .at("/offers/offers/0");
    scheduler.launch(offer, List.of(Scheduler.task(task, "true", offer)));
    scheduler.awaitUpdate(task, "TASK_FINISHED");
    return offer.at("/agent_id/value");
  }

  private void nothingIsLeft() {
    ContainerProcesses.awaitNothingLeft(cluster, PATIENCE);
  }

  @Test
  void theSameAgentComesBackAndTellsThatItsTasksAreOver() throws IOException {
    boot(2);
    for (var task : List.of("own", "hosted")) {
      var failed = scheduler.awaitUpdate(task, "TASK_FAILED");
      assertEquals("Executor terminated", failed.path("message").asText());
      assertEquals("REASON_EXECUTOR_TERMINATED", failed.path("reason").asText());
      assertEquals("SOURCE_AGENT", failed.path("source").asText());
      assertEquals(firstId, failed.at("/agent_id/value").asText());
    }
    assertEquals(firstId, runsOneMore("again").asText());
    nothingIsLeft();
  }

  @Test
  void oneThatAnnouncesSomethingElseIsAnotherAgent() throws IOException {
    boot(2, "--hostname=other", "--resources=cpus:2;mem:1024");
    for (var task : List.of("own", "hosted")) {
      var lost = scheduler.awaitUpdate(task, "TASK_LOST");
      assertEquals("REASON_AGENT_REMOVED", lost.path("reason").asText());
      assertEquals("SOURCE_MASTER", lost.path("source").asText());
      assertTrue(
          lost.path("message").asText().endsWith("a new agent registered at the same address"),
          lost.toString());
      assertEquals(firstId, lost.at("/agent_id/value").asText());
    }
    var secondId = runsOneMore("again").asText();
    assertNotEquals(firstId, secondId);
    assertEquals(
        "other", Json.get(cluster.masterUrl() + "/state").at("/slaves/0/hostname").asText());
    nothingIsLeft();

    // It is this one from now on.
    agent.kill();
    cluster.awaitAgents(0);
    boot(3, "--hostname=other", "--resources=cpus:2;mem:1024");
    assertEquals(secondId, runsOneMore("third").asText());
  }
}
