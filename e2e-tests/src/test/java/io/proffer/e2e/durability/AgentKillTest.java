package io.proffer.e2e.durability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.e2e.Cluster;
import io.proffer.e2e.ContainerProcesses;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An agent is killed with -9, and at times the process that forks its supervisors before it, and
 * started again: its tasks never notice, and every end is true.
 */
@Timeout(7200)
final class AgentKillTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path traces;

  @Test
  void whatRunsGoesOnAndWhatEndedMeanwhileIsReportedAsItEnded() throws IOException {
    try (var cluster = Cluster.withAgent();
        var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("durable"))) {
      var offer = scheduler.awaitOffer();
      scheduler.launch(
          offer,
          List.of(
              Scheduler.task("stays", "sleep 600", offer),
              Scheduler.task("well", waitFor("well") + "exit 0", offer),
              Scheduler.task("badly", waitFor("badly") + "exit 7", offer)));
      var stays = scheduler.awaitUpdate("stays", "TASK_RUNNING");
      scheduler.awaitUpdate("well", "TASK_RUNNING");
      scheduler.awaitUpdate("badly", "TASK_RUNNING");
      var pid = stays.at("/container_status/executor_pid").asLong();

      cluster.agentProcess(0).kill();
      Files.createFile(traces.resolve("well"));
      Files.createFile(traces.resolve("badly"));
      Awaitility.await("the ends of two tasks")
          .atMost(PATIENCE)
          .until(() -> supervisors(cluster) == 1);
      cluster.startAgent(0).awaitHealthy(cluster.agentPort(0));

      assertEquals(
          "Command exited with status 0",
          scheduler.awaitUpdate("well", "TASK_FINISHED").path("message").asText());
      assertEquals(
          "Command exited with status 7",
          scheduler.awaitUpdate("badly", "TASK_FAILED").path("message").asText());
      assertTrue(ProcessHandle.of(pid).isPresent(), "the task that stays is gone");
      scheduler.accepted(Json.of("{'type':'KILL','kill':{'task_id':{'value':'stays'}}}"));
      var killed = scheduler.awaitUpdate("stays", "TASK_KILLED");
      assertEquals(stays.path("agent_id"), killed.path("agent_id"));
      scheduler.teardown();
    }
  }

  @Test
  void anOrderlyStopLeavesTasksToTheNextStartAndSigusr1EndsThem() {
    try (var cluster = Cluster.withAgent();
        var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("durable"))) {
      var offer = scheduler.awaitOffer();
      scheduler.launch(offer, List.of(Scheduler.task("stays", "sleep 600", offer)));
      var stays = scheduler.awaitUpdate("stays", "TASK_RUNNING");

      assertEquals(143, cluster.agentProcess(0).terminate());
      assertTrue(ProcessHandle.of(stays.at("/container_status/executor_pid").asLong()).isPresent());
      cluster.startAgent(0).awaitHealthy(cluster.agentPort(0));
      cluster.awaitAgents(1);
      assertEquals(1, supervisors(cluster));

      assertEquals(0, cluster.agentProcess(0).endForGood());
      assertEquals(
          "Command terminated with signal Terminated",
          scheduler.awaitUpdate("stays", "TASK_KILLED").path("message").asText());
      assertEquals(List.of(), ContainerProcesses.of(cluster));
      assertTrue(
          cluster
              .agentProcess(0)
              .output()
              .endsWith("The agent was asked to stop; its tasks are ended.\n"),
          cluster.agentProcess(0).output());
      scheduler.teardown();
    }
  }

  @Test
  void anAgentThatAnnouncesSomethingElseIsRefusedUntilWhatItLeftIsEnded() {
    try (var cluster = Cluster.withAgent();
        var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("durable"))) {
      var offer = scheduler.awaitOffer();
      scheduler.launch(offer, List.of(Scheduler.task("stays", "sleep 600", offer)));
      scheduler.awaitUpdate("stays", "TASK_RUNNING");
      cluster.agentProcess(0).kill();

      var changed = cluster.startAgent(0, "--attributes=rack:a1");
      assertEquals(1, changed.awaitExit(PATIENCE));
      assertTrue(changed.output().contains("Incompatible agent info detected."), changed.output());
      assertEquals(1, supervisors(cluster));

      assertEquals(0, cluster.startAgent(0, "--recover=cleanup").awaitExit(PATIENCE));
      assertEquals(List.of(), ContainerProcesses.of(cluster));
      cluster.startAgent(0, "--attributes=rack:a1").awaitHealthy(cluster.agentPort(0));
      assertEquals(
          "Command terminated with signal Terminated",
          scheduler.awaitUpdate("stays", "TASK_KILLED").path("message").asText());
      scheduler.teardown();
    }
  }

  @Test
  void aSupervisorThatDiesWithItsAgentLeavesNoProcess() {
    try (var cluster = Cluster.withAgent();
        var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("durable"))) {
      var offer = scheduler.awaitOffer();
      var hides = "setsid sh -c 'sleep 600; true' & sleep 600 & sleep 600; true";
      scheduler.launch(offer, List.of(Scheduler.task("leaves", hides, offer)));
      var leaves = scheduler.awaitUpdate("leaves", "TASK_RUNNING");
      var supervisor =
          ProcessHandle.of(leaves.at("/container_status/executor_pid").asLong()).orElseThrow();
      Awaitility.await("all of its processes")
          .atMost(PATIENCE)
          .until(() -> ContainerProcesses.of(cluster).size() >= 6);

      var spawners = spawners(cluster).toList();
      cluster.agentProcess(0).kill();
      spawners.forEach(spawner -> spawner.onExit().join());
      supervisor.destroyForcibly();
      cluster.startAgent(0).awaitHealthy(cluster.agentPort(0));

      scheduler.awaitUpdate("leaves", "TASK_FAILED");
      assertEquals(List.of(), ContainerProcesses.of(cluster));
      scheduler.teardown();
    }
  }

  @Test
  void aSpawnerThatIsStoppedKeepsBackNeitherAnEndNorTheStopOfItsAgent() throws Exception {
    try (var cluster = Cluster.withAgent();
        var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("durable"))) {
      var offer = scheduler.awaitOffer();
      scheduler.launch(offer, List.of(Scheduler.task("ends", waitFor("ends"), offer)));
      scheduler.awaitUpdate("ends", "TASK_RUNNING");
      stop(spawners(cluster).findFirst().orElseThrow());
      Files.createFile(traces.resolve("ends"));
      scheduler.awaitUpdate("ends", "TASK_FINISHED");

      var spawner = spawners(cluster).findFirst().orElseThrow();
      stop(spawner);
      assertEquals(143, cluster.agentProcess(0).terminate());
      spawner.onExit().join();
      scheduler.teardown();
    }
  }

  private static void stop(ProcessHandle process) throws Exception {
    var kill = new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start();
    assertEquals(0, kill.waitFor());
  }

  @Test
  void anotherRuntimeDirectoryIsRefusedWhileItsTasksRun() {
    try (var cluster = Cluster.withAgent();
        var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("durable"))) {
      var offer = scheduler.awaitOffer();
      scheduler.launch(offer, List.of(Scheduler.task("stays", "sleep 600", offer)));
      scheduler.awaitUpdate("stays", "TASK_RUNNING");
      cluster.agentProcess(0).kill();

      var other = "--runtime_dir=" + cluster.directory().resolve("agent0-other");
      for (var more : List.of("--recover=reconnect", "--recover=cleanup")) {
        var refused = cluster.startAgent(0, other, more);
        assertEquals(1, refused.awaitExit(PATIENCE));
        assertTrue(
            refused.output().contains("Start it as before; or end what it left"), refused.output());
      }
      cluster.startAgent(0).awaitHealthy(cluster.agentPort(0));
      cluster.awaitAgents(1);
      assertEquals(1, supervisors(cluster));
      scheduler.accepted(Json.of("{'type':'KILL','kill':{'task_id':{'value':'stays'}}}"));
      scheduler.awaitUpdate("stays", "TASK_KILLED");
      scheduler.teardown();
    }
  }

  @Test
  void killsAtRandomMomentsLoseNoEndAndChangeNone() throws IOException {
    var seed = Long.getLong("seed", System.nanoTime());
    var chance = new SplittableRandom(seed);
    var kills = Integer.getInteger("kills", 10);
    try (var cluster = Cluster.master()) {
      // The example of an executor comes back within two seconds, where the host is quick.
      cluster.addAgent(
          Cluster.RESOURCES,
          "--registration_backoff_factor=100ms",
          "--executor_reregistration_timeout=15secs");
      cluster.awaitAgents(1);
      var durable = Scheduler.info("durable").put("checkpoint", true);
      try (var scheduler = Scheduler.subscribe(cluster.masterUrl(), durable)) {
        var crowd = new RestlessCrowd(scheduler, traces, chance);
        crowd.liveUntilAnExecutorSpeaks();
        for (var kill = 0; kill < kills; kill++) {
          // Mostly when there is something to lose, else in the midst of its start.
          if (chance.nextInt(4) > 0) {
            crowd.liveUntilItGrows(PATIENCE);
          }
          crowd.live(Duration.ofMillis(chance.nextInt(1500)));
          if (chance.nextInt(3) == 0) {
            spawnersOf(cluster.agentProcess(0).pid(), cluster)
                .forEach(ProcessHandle::destroyForcibly);
            crowd.live(Duration.ofMillis(chance.nextInt(100)));
          }
          cluster.agentProcess(0).kill();
          crowd.live(Duration.ofMillis(chance.nextInt(500)));
          cluster.startAgent(0).awaitHealthy(cluster.agentPort(0));
        }
        crowd.end();
        Awaitility.await("no process of a container and nothing of its supervisor is left")
            .atMost(PATIENCE)
            .until(() -> ContainerProcesses.of(cluster).isEmpty() && leftovers(cluster) == 0);
        crowd.check();
        assertTrue(spawners(cluster).count() <= 1, "a spawner outlived its agent");
        scheduler.teardown();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "Again with -Dseed=%d -Dkills=%d: %s%nThe agent said:%n%s"
                .formatted(seed, kills, e.getMessage(), cluster.agentProcess(0).output()),
            e);
      }
    }
  }

  private String waitFor(String name) {
    return "while [ ! -e " + traces.resolve(name) + " ]; do sleep 0.05; done; ";
  }

  private static Path containers(Cluster cluster) {
    return cluster.directory().resolve("agent0-run/containers");
  }

  /** Processes that were started with a control directory of the agent. */
  private static long supervisors(Cluster cluster) {
    var ours = containers(cluster).toString();
    return ProcessHandle.allProcesses()
        .filter(process -> commandLine(process).contains(ours))
        .count();
  }

  /** Those that fork supervisors for the agent. */
  private static Stream<ProcessHandle> spawners(Cluster cluster) {
    var ours = cluster.directory().resolve("agent0-run/bin/supervisor") + "\0spawn\0";
    return ProcessHandle.allProcesses().filter(process -> commandLine(process).startsWith(ours));
  }

  /**
   * Those of one agent, by whose children they are: a supervisor that was forked just now still has
   * the spawner's name, and is not to be killed.
   */
  private static Stream<ProcessHandle> spawnersOf(long agent, Cluster cluster) {
    return spawners(cluster)
        .filter(process -> process.parent().filter(parent -> parent.pid() == agent).isPresent());
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }

  private static long leftovers(Cluster cluster) throws IOException {
    try (var all = Files.list(containers(cluster))) {
      return all.count();
    }
  }
}
