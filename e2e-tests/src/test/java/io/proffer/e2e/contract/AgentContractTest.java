package io.proffer.e2e.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an agent takes and sends is what its document says, while one task runs on it. */
@Timeout(180)
final class AgentContractTest {
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
        "/openapi.yaml",
        "/docs"
      })
  void readsAreAsDescribed(String path) {
    assertEquals(200, client.get(path).statusCode());
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

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1", "/api/v1/executor", "/slave(1)/api/v1/executor"})
  void everyCallIsAnsweredAsItsExampleSays(String path) {
    var count = 0;
    for (var call : client.document().calls(path)) {
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
    assertEquals(path.endsWith("/executor") ? 4 : 32, count);
  }
}
