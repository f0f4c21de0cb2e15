package io.proffer.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class SubscriptionTest {
  private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster = Cluster.withAgent();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static ObjectNode infoOf(Scheduler scheduler) {
    var info = Scheduler.info("sub");
    info.set("id", Json.of("{'value':'" + scheduler.frameworkId() + "'}"));
    return info;
  }

  @Test
  void aHeartbeatFollowsSubscribedAtOnce() {
    try (var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("sub"))) {
      scheduler.await("HEARTBEAT", e -> true);
      var subscribed = scheduler.seen().getFirst();
      assertEquals("15.0", subscribed.at("/subscribed/heartbeat_interval_seconds").toString());
      assertEquals(cluster.masterPort(), subscribed.at("/subscribed/master_info/port").asInt());
      assertFalse(scheduler.streamId().isEmpty());
      scheduler.teardown();
    }
  }

  @Test
  void aLaterSubscriptionWithTheIdTakesOver() {
    try (var first = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("sub"));
        var second = Scheduler.subscribe(cluster.masterUrl(), infoOf(first))) {
      assertEquals(first.frameworkId(), second.frameworkId());
      assertNotEquals(first.streamId(), second.streamId());
      var error = first.await("ERROR", e -> true);
      assertEquals("Framework failed over", error.at("/error/message").asText());
      Awaitility.await().atMost(Duration.ofSeconds(5)).until(first::ended);
      var late = first.call(Json.of("{'type':'REVIVE'}"));
      assertEquals(400, late.statusCode());
      assertEquals(
          "The stream ID '"
              + first.streamId()
              + "' included in this request didn't match the stream ID currently associated with"
              + " framework ID "
              + first.frameworkId(),
          late.body());
      second.teardown();
    }
  }

  @Test
  void tasksSurviveADroppedStreamAndReconcile() {
    String agent;
    var first = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("sub"));
    var offer = first.awaitOffer();
    first.launch(offer, List.of(Scheduler.task("survivor", "sleep 60", offer)));
    agent = first.awaitUpdate("survivor", "TASK_RUNNING").at("/agent_id/value").asText();
    first.close();
    try (var second = Scheduler.subscribe(cluster.masterUrl(), infoOf(first))) {
      second.accepted(Json.of("{'type':'RECONCILE','reconcile':{'tasks':[]}}"));
      var status = second.awaitUpdate("survivor", "TASK_RUNNING");
      assertEquals("REASON_RECONCILIATION", status.path("reason").asText());
      assertEquals("Reconciliation: Latest task state", status.path("message").asText());
      assertEquals("SOURCE_MASTER", status.path("source").asText());
      assertEquals(agent, status.at("/agent_id/value").asText());
      assertFalse(status.has("uuid"));
      second.accepted(
          Json.of(
              "{'type':'RECONCILE','reconcile':{'tasks':[{'task_id':{'value':'nobody'}},"
                  + "{'task_id':{'value':'gone'},'agent_id':{'value':'"
                  + agent
                  + "'}}]}}"));
      assertEquals(
          "Reconciliation: Task is unknown",
          second.awaitUpdate("nobody", "TASK_UNKNOWN").path("message").asText());
      assertEquals(
          "Reconciliation: Task is unknown to the agent",
          second.awaitUpdate("gone", "TASK_GONE").path("message").asText());
      second.teardown();
    }
  }

  @Test
  void aDisconnectedFrameworkWithoutTimeoutIsRemovedWithItsTasks() {
    var info = Scheduler.info("sub");
    info.remove("failover_timeout");
    var first = Scheduler.subscribe(cluster.masterUrl(), info);
    var id = first.frameworkId();
    first.close();
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              var again = infoOf(first).toString();
              try (var stream =
                  Scheduler.open(
                      cluster.masterUrl(),
                      "{\"type\":\"SUBSCRIBE\",\"framework_id\":{\"value\":\""
                          + id
                          + "\"},\"subscribe\":{\"framework_info\":"
                          + again
                          + "}}")) {
                var event = stream.next(Duration.ofSeconds(5));
                return event.path("type").asText().equals("ERROR")
                    && event.at("/error/message").asText().equals("Framework has been removed");
              }
            });
  }

  @Test
  void teardownEndsTheStreamAndTheTasks() {
    var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("sub"));
    var offer = scheduler.awaitOffer();
    var marker = "8" + System.nanoTime() % 1_000_000;
    scheduler.launch(offer, List.of(Scheduler.task("victim", "sleep " + marker, offer)));
    scheduler.awaitUpdate("victim", "TASK_RUNNING");
    scheduler.teardown();
    Awaitility.await().atMost(Duration.ofSeconds(5)).until(scheduler::ended);
    assertTrue(scheduler.seen().stream().noneMatch(e -> e.path("type").asText().equals("ERROR")));
    Awaitility.await("the task's end")
        .atMost(Duration.ofSeconds(15))
        .until(
            () ->
                ProcessHandle.allProcesses()
                    .noneMatch(p -> p.info().commandLine().orElse("").contains("sleep " + marker)));
    scheduler.close();
  }

  @Test
  void aRefusedSubscriptionIsAStreamWithOneError() {
    var info = Scheduler.info("sub");
    info.withArray("/roles").add("bad role");
    try (var stream =
        Scheduler.open(
            cluster.masterUrl(),
            "{\"type\":\"SUBSCRIBE\",\"subscribe\":{\"framework_info\":" + info + "}}")) {
      var event = stream.next(Duration.ofSeconds(5));
      assertEquals("ERROR", event.path("type").asText());
      assertEquals(
          "'FrameworkInfo.roles' contains invalid role: Role component 'bad role' is invalid"
              + " because it contains backspace or whitespace",
          event.at("/error/message").asText());
      assertFalse(stream.streamId().isEmpty());
      Awaitility.await().atMost(Duration.ofSeconds(5)).until(stream::ended);
    }
  }
}
