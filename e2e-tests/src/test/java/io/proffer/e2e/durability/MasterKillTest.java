package io.proffer.e2e.durability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
final class MasterKillTest {

  private static ObjectNode infoOf(Scheduler scheduler) {
    var info = Scheduler.info("durable");
    info.set("id", Json.of("{'value':'" + scheduler.frameworkId() + "'}"));
    return info;
  }

  @Test
  void noTaskDiesWithItsMasterAndEverybodyComesBack() {
    try (var cluster = Cluster.withAgent()) {
      var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("durable"));
      var offer = scheduler.awaitOffer();
      scheduler.launch(
          offer,
          List.of(
              Scheduler.task("stays", "sleep 600", offer),
              Scheduler.task("ends", "while [ ! -e go ]; do sleep 0.05; done; exit 7", offer)));
      var running = scheduler.awaitUpdate("stays", "TASK_RUNNING");
      var ends = runningOf(scheduler, "ends");
      var pid = running.at("/container_status/executor_pid").asLong();
      var agent = running.at("/agent_id/value").asText();

      cluster.masterProcess().kill();
      Awaitility.await("the stream's end").atMost(Duration.ofSeconds(5)).until(scheduler::ended);
      // One task ends while nobody leads: its end must arrive all the same.
      touch(cluster, scheduler, agent, "ends");
      cluster.startMaster();

      var before = System.nanoTime();
      try (var again = Scheduler.subscribe(cluster.masterUrl(), infoOf(scheduler))) {
        assertEquals(scheduler.frameworkId(), again.frameworkId());
        cluster.awaitAgents(1);
        var seconds = (System.nanoTime() - before) / 1e9;
        assertTrue(seconds < 10, "the agent came back after " + seconds + " s");
        again.accepted(
            Json.of("{'type':'RECONCILE','reconcile':{'tasks':[{'task_id':{'value':'stays'}}]}}"));
        var status = again.awaitUpdate("stays", "TASK_RUNNING");
        assertEquals(agent, status.at("/agent_id/value").asText());
        var failed = again.awaitUpdate("ends", "TASK_FAILED");
        assertEquals("Command exited with status 7", failed.path("message").asText());
        assertTrue(ProcessHandle.of(pid).isPresent(), "the task's process is gone");
        assertEquals(ends, failed.at("/container_status/container_id/value").asText());
        var fresh = again.awaitOffer();
        again.launch(fresh, List.of(Scheduler.task("after", "true", fresh)));
        again.awaitUpdate("after", "TASK_FINISHED");
        again.teardown();
      }
      scheduler.close();
    }
  }

  @Test
  void tenKillsInARowLoseNothing() {
    try (var cluster = Cluster.withAgent()) {
      var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("durable"));
      var offer = scheduler.awaitOffer();
      scheduler.launch(offer, List.of(Scheduler.task("rock", "sleep 600", offer)));
      scheduler.awaitUpdate("rock", "TASK_RUNNING");
      var info = infoOf(scheduler);
      for (int round = 0; round < 10; round++) {
        cluster.masterProcess().kill();
        cluster.startMaster();
        scheduler.close();
        scheduler = Scheduler.subscribe(cluster.masterUrl(), info);
        cluster.awaitAgents(1);
        scheduler.accepted(
            Json.of("{'type':'RECONCILE','reconcile':{'tasks':[{'task_id':{'value':'rock'}}]}}"));
        scheduler.awaitUpdate("rock", "TASK_RUNNING");
        var next = scheduler.awaitOffer();
        var id = "round" + round;
        scheduler.launch(next, List.of(Scheduler.task(id, "true", next)));
        scheduler.awaitUpdate(id, "TASK_FINISHED");
      }
      scheduler.teardown();
      scheduler.close();
    }
  }

  private static String runningOf(Scheduler scheduler, String task) {
    for (var event : scheduler.seen()) {
      var status = event.at("/update/status");
      if (status.at("/task_id/value").asText().equals(task)
          && status.path("state").asText().equals("TASK_RUNNING")) {
        scheduler.acknowledge(status);
        return status.at("/container_status/container_id/value").asText();
      }
    }
    return scheduler
        .awaitUpdate(task, "TASK_RUNNING")
        .at("/container_status/container_id/value")
        .asText();
  }

  private static void touch(Cluster cluster, Scheduler scheduler, String agent, String task) {
    var sandbox =
        cluster
            .directory()
            .resolve("agent0/slaves")
            .resolve(agent)
            .resolve("frameworks")
            .resolve(scheduler.frameworkId())
            .resolve("executors")
            .resolve(task)
            .resolve("runs/latest/go");
    try {
      java.nio.file.Files.createFile(sandbox);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
