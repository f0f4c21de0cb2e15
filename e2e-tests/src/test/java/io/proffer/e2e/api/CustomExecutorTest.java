package io.proffer.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.ContainerProcesses;
import io.proffer.e2e.ExecutorClient;
import io.proffer.e2e.Json;
import io.proffer.e2e.RawHttp;
import io.proffer.e2e.Scheduler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Executors that misbehave: others are not touched, and nothing of them is left. */
@Timeout(120)
final class CustomExecutorTest {
  private static Cluster cluster;

  private Scheduler scheduler;

  @BeforeAll
  static void start() {
    cluster = Cluster.master();
    cluster.addAgent(
        Cluster.RESOURCES,
        "--executor_registration_timeout=3secs",
        "--executor_shutdown_grace_period=100ms",
        "--executor_heartbeat_interval=1secs",
        "--stream_stall_timeout=1secs",
        "--stream_buffer_bytes=1MB",
        "--http_executor_domain_sockets=true");
    cluster.awaitAgents(1);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void subscribe() {
    scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("custom"));
  }

  @AfterEach
  void nothingIsLeft() {
    scheduler.teardown();
    scheduler.close();
    ContainerProcesses.awaitNothingLeft(cluster, Duration.ofSeconds(20));
  }

  private ExecutorClient launch(String command) {
    var offer = scheduler.awaitOffer();
    scheduler.launch(
        offer,
        List.of(
            Scheduler.task("other", "sleep 600", offer),
            ExecutorClient.task("t", "e", command, offer, scheduler.frameworkId())));
    scheduler.awaitUpdate("other", "TASK_RUNNING");
    return new ExecutorClient(cluster.agentPort(0), scheduler.frameworkId(), "e");
  }

  /** The other task has not noticed. */
  private void otherRuns() {
    scheduler.accepted(Json.of("{'type':'RECONCILE','reconcile':{}}"));
    scheduler.awaitUpdate("other", "TASK_RUNNING");
  }

  @Test
  void oneThatNeverSubscribesIsEndedAndItsTaskFails() throws IOException {
    try (var _ = launch("sleep 600")) {
      var failed = scheduler.awaitUpdate("t", "TASK_FAILED");
      assertEquals("REASON_EXECUTOR_REGISTRATION_TIMEOUT", failed.path("reason").asText());
      assertEquals("Executor did not register within 3secs", failed.path("message").asText());
      assertEquals("SOURCE_AGENT", failed.path("source").asText());
      otherRuns();
    }
  }

  @Test
  void oneThatCannotBeStartedFailsItsTaskWithItsStatus() throws IOException {
    try (var _ = launch("exec /nowhere/executor")) {
      assertEquals(
          "Executor terminated",
          scheduler.awaitUpdate("t", "TASK_FAILED").path("message").asText());
      var failure = scheduler.await("FAILURE", event -> true);
      assertEquals(127 << 8, failure.at("/failure/status").asInt());
      otherRuns();
    }
  }

  @Test
  void garbageIsRefusedWithASentenceAndChangesNothing() throws IOException {
    try (var client = launch("sleep 600").subscribed();
        var http = new RawHttp(cluster.agentPort(0))) {
      client.event("LAUNCH");
      http.send(
          "POST",
          "/api/v1/executor",
          List.of("Content-Type: application/json"),
          "{\"type\":".getBytes(StandardCharsets.UTF_8));
      var answer = http.answer();
      assertEquals(400, answer.status());
      assertTrue(answer.body().startsWith("Failed to parse body into JSON"), answer.body());
      var strange = client.call("UPDATE");
      strange.set("update", Json.of("{'status':{'task_id':{'value':'t'},'state':'TASK_NEW'}}"));
      assertEquals(400, client.send(strange).statusCode());
      var others = client.call("UPDATE");
      others.set(
          "update",
          Json.of(
              "{'status':{'task_id':{'value':'other'},'state':'TASK_FAILED',"
                  + "'source':'SOURCE_EXECUTOR','uuid':'AAAAAAAAAAAAAAAAAAAAAA=='}}"));
      var refused = client.send(others);
      assertEquals(400, refused.statusCode());
      assertEquals(
          "Expected news of a task of executor e, but task other is one of executor other",
          refused.body());
      client.update("t", "TASK_RUNNING");
      scheduler.awaitUpdate("t", "TASK_RUNNING");
      otherRuns();
    }
  }

  @Test
  void itsStreamSaysThatItLivesFirstAfterAnInterval() throws IOException {
    try (var client = launch("sleep 600")) {
      var asked = System.nanoTime();
      client.subscribed().event("LAUNCH");
      for (var beats = 1; beats <= 2; beats++) {
        client.event("HEARTBEAT");
        var passed = Duration.ofNanos(System.nanoTime() - asked);
        assertTrue(passed.compareTo(Duration.ofSeconds(beats)) >= 0, passed::toString);
      }
    }
  }

  @Test
  void aStreamThatIsNotReadIsCutAndTheExecutorMayComeBack() throws IOException {
    try (var client = launch("sleep 600").subscribed()) {
      var deaf = client.stream();
      client.event("LAUNCH");
      var call = Json.of("{'type':'MESSAGE','message':{'executor_id':{'value':'e'}}}");
      var agent =
          scheduler.seen().stream()
              .filter(event -> event.path("type").asText().equals("OFFERS"))
              .findFirst()
              .orElseThrow()
              .at("/offers/offers/0/agent_id");
      ((ObjectNode) call.get("message"))
          .put("data", Base64.getEncoder().encodeToString(new byte[256 * 1024]))
          .set("agent_id", agent);
      for (var i = 0; i < 60; i++) {
        scheduler.accepted(call);
      }
      Awaitility.await("the stream was cut")
          .atMost(Duration.ofSeconds(20))
          .until(() -> cluster.agentProcess(0).output().contains("Lost the stream of executor e"));
      deaf.close();
      client.subscribe("{'unacknowledged_tasks':[]}").event("SUBSCRIBED");
      client.update("t", "TASK_FINISHED");
      otherRuns();
    }
  }

  @Test
  void theSocketServesExecutorsAndNobodyElse() throws Exception {
    try (var client = launch("sleep 600")) {
      var socket = cluster.directory().resolve("agent0-run/agent.sock").toString();
      var subscribe = client.call("SUBSCRIBE");
      subscribe.set("subscribe", Json.of("{}"));
      var said =
          curl(
              "--max-time",
              "3",
              "--unix-socket",
              socket,
              "-HContent-Type: application/json",
              "-HAccept: application/json",
              "-d" + subscribe,
              "http://agent/api/v1/executor");
      assertTrue(said.contains("\"SUBSCRIBED\"") && said.contains("\"LAUNCH\""), said);
      assertEquals(
          "404",
          curl("-o/dev/null", "-w%{http_code}", "--unix-socket", socket, "http://agent/state"));
      otherRuns();
    }
  }

  private static String curl(String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("curl", "-s"));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var out = process.getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
