package io.proffer.e2e.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.ExecutorClient;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an agent takes and sends is what its document says, while one task runs on it. */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class AgentContractTest {
  private static final String EXECUTOR = "/api/v1/executor";

  private static Cluster cluster;
  private static Scheduler scheduler;
  private static CheckedClient client;
  private static String agent;

  @BeforeAll
  static void start() {
    cluster = Cluster.master();
    agent =
        "http://127.0.0.1:"
            + cluster.addAgent(Cluster.RESOURCES, "--attributes=rack:r7;level:4;span:[1-5]");
    cluster.awaitAgents(1);
    client = new CheckedClient(agent);
    scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("contract"));
    var offer = scheduler.awaitOffer();
    scheduler.launch(
        offer,
        List.of(
            Scheduler.task("runs", "echo hello; sleep 600", offer),
            Scheduler.task("ended", "true", offer)));
    scheduler.awaitUpdate("runs", "TASK_RUNNING");
    scheduler.awaitUpdate("ended", "TASK_FINISHED");
  }

  @AfterAll
  static void stop() {
    scheduler.teardown();
    scheduler.close();
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health",
        "/slave(1)/health",
        "/version",
        "/state",
        "/slave(1)/state",
        "/flags",
        "/slave(1)/flags",
        "/containers",
        "/slave(1)/containers",
        "/containerizer/debug",
        "/slave(1)/containerizer/debug",
        "/monitor/statistics",
        "/slave(1)/monitor/statistics",
        "/metrics/snapshot",
        "/metrics/snapshot?timeout=5secs",
        "/metrics/prometheus",
        "/files/debug",
        "/logging/toggle",
        "/system/stats.json",
        "/openapi.yaml",
        "/docs"
      })
  void readsAreAsDescribed(String path) {
    assertEquals(200, client.get(path).statusCode());
  }

  @Test
  void containersThatAreChosenAreAsDescribed() {
    var framework = scheduler.frameworkId();
    var one = client.get("/containers?executor_id=runs&framework_id=" + framework);

    assertEquals(1, Json.parse(one.body()).size());
    assertEquals(400, client.wrong(client.request("/containers?executor_id=runs")).statusCode());
  }

  @Test
  void credentialsThatAreNotThereAreNotReadAnew() {
    assertEquals(409, client.post("/credentials/reload", "").statusCode());
  }

  @Test
  void filesAreAsDescribed() {
    var sandbox = Json.get(agent + "/state").at("/frameworks/0/executors/0/directory").asText();

    assertEquals(200, client.get("/files/browse?path=" + sandbox).statusCode());
    assertEquals(200, client.get("/files/read?offset=0&path=" + sandbox + "/stdout").statusCode());
    assertEquals(200, client.get("/files/download?path=" + sandbox + "/stdout").statusCode());
  }

  @Test
  void refusalsOfFilesAreAsDescribed() {
    assertEquals(400, client.wrong(client.request("/files/browse")).statusCode());
    assertEquals(404, client.wrong(client.request("/files/browse?path=/none")).statusCode());
    assertEquals(404, client.wrong(client.request("/files/read?path=/none")).statusCode());
    assertEquals(404, client.wrong(client.request("/files/download?path=/none")).statusCode());
    var directory = Json.get(agent + "/state").at("/frameworks/0/executors/0/directory").asText();
    assertEquals(400, client.wrong(client.request("/files/read?path=" + directory)).statusCode());
    assertEquals(
        400, client.wrong(client.request("/files/download?path=" + directory)).statusCode());
    var stdout = "/files/read?path=" + directory + "/stdout";
    assertEquals(400, client.wrong(client.request(stdout + "&offset=x")).statusCode());
    assertEquals(400, client.wrong(client.request(stdout + "&offset=-2")).statusCode());
  }

  /** The example, with a sandbox that is there where it names one. */
  private String real(JsonNode example) {
    var directory = Json.get(agent + "/state").at("/frameworks/0/executors/0/directory").asText();
    var call = (ObjectNode) example.deepCopy();
    if (call.get("list_files") instanceof ObjectNode list) {
      list.put("path", directory);
    }
    if (call.get("read_file") instanceof ObjectNode read) {
      read.put("path", directory + "/stdout");
    }
    return call.toString();
  }

  @Test
  void everyCallOfExecutorsIsTakenAsItsExampleSays() throws IOException {
    var offer = scheduler.awaitOffer();
    var framework = scheduler.frameworkId();
    var port = cluster.agentPort(0);
    scheduler.launch(
        offer, List.of(ExecutorClient.task("x", "worker", "sleep 600", offer, framework)));
    Awaitility.await("the executor is there")
        .atMost(Duration.ofSeconds(20))
        .until(() -> Json.get(agent + "/state").toString().contains("\"id\":\"worker\""));
    var early = new ExecutorClient(port, framework, "worker").call("MESSAGE");
    early.set("message", Json.of("{'data':''}"));
    assertEquals(403, client.wrong(EXECUTOR, early.toString()).statusCode());
    try (var executor = new ExecutorClient(port, framework, "worker").subscribe("{}")) {
      for (var type : List.of("SUBSCRIBED", "LAUNCH")) {
        assertEquals(
            List.of(), client.document().mistakesOfRecord(EXECUTOR, executor.event(type)), type);
      }
      for (var path : List.of(EXECUTOR, "/slave(1)" + EXECUTOR)) {
        for (var call : client.document().calls(EXECUTOR)) {
          if (!call.getKey().equals("SUBSCRIBE")) {
            var body = ((ObjectNode) call.getValue().get("value")).deepCopy();
            body.withObject("framework_id").put("value", framework);
            assertEquals(202, client.post(path, body.toString()).statusCode(), call.getKey());
          }
        }
      }
    }
  }

  @Test
  void refusalsOfExecutorsAreAsDescribed() {
    var framework = scheduler.frameworkId();
    var port = cluster.agentPort(0);
    for (var call :
        List.of(
            new ExecutorClient(port, "none", "e").call("UPDATE"),
            new ExecutorClient(port, "none", "e").call("MESSAGE").set("message", data()),
            new ExecutorClient(port, framework, "e").call("MESSAGE").set("message", data()))) {
      assertEquals(400, client.wrong(EXECUTOR, call.toString()).statusCode(), call.toString());
    }
    var subscribe = new ExecutorClient(port, framework, "e").call("SUBSCRIBE");
    subscribe.set("subscribe", Json.of("{}"));
    assertEquals(400, client.wrong(EXECUTOR, subscribe.toString()).statusCode());
    assertEquals(406, client.wrong(EXECUTOR, subscribe.toString(), "Accept", "a/b").statusCode());
    var unknown = new ExecutorClient(port, framework, "e").call("UNKNOWN");
    assertEquals(501, client.wrong(EXECUTOR, unknown.toString()).statusCode());
  }

  private static ObjectNode data() {
    return Json.of("{'data':''}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1", "/slave(1)/api/v1"})
  void everyCallIsAnsweredAsItsExampleSays(String path) {
    var count = 0;
    for (var call : client.document().calls("/api/v1")) {
      count++;
      if (call.getKey().equals("SET_LOGGING_LEVEL")) {
        continue; // Answered without a body, unlike the others of its path: see OperatorApiTest.
      }
      var answer = client.post(path, real(call.getValue().get("value")));

      var unanswered = ApiDocument.saysUnanswered(call.getValue());
      assertEquals(
          // Input of a container comes as records, and is refused as plain JSON before all else.
          call.getKey().equals("ATTACH_CONTAINER_INPUT") ? 415 : unanswered ? 501 : 200,
          answer.statusCode(),
          call.getKey());
    }
    assertEquals(32, count);
  }

  /** A new endpoint needs a call here. Comes last, after all the calls of the others. */
  @Test
  @Order(Integer.MAX_VALUE)
  void nothingThatIsDescribedWasLeftOut() {
    assertEquals(Set.of(), client.notAsked());
  }
}
