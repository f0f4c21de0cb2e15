package io.proffer.e2e.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.EventStream;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a master takes and sends is what its document says, while one task runs and one has ended.
 */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class MasterContractTest {
  private static final String SCHEDULER = "/api/v1/scheduler";
  private static final String OPERATOR = "/api/v1";

  /** Calls that tell something; the answer to others has no body. */
  private static final Pattern READS = Pattern.compile("(GET|LIST|READ)_.*");

  @TempDir private static Path directory;
  private static Cluster cluster;
  private static Scheduler scheduler;
  private static CheckedClient client;

  @BeforeAll
  static void start() throws IOException {
    var log = Files.writeString(directory.resolve("log"), "the first line\n");
    cluster = Cluster.withAgent("--external_log_file=" + log);
    client = new CheckedClient(cluster.masterUrl());
    scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("contract"));
    var offer = scheduler.awaitOffer();
    // What it leaves of the offer is for the other frameworks of this test.
    scheduler.accepted(Json.of("{'type':'SUPPRESS'}"));
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
        "/master/health",
        "/version",
        "/state",
        "/master/state",
        "/slaves",
        "/frameworks",
        "/ready",
        "/tasks",
        "/tasks?limit=1&offset=1&order=asc",
        "/flags",
        "/api/v1/masters",
        "/state-summary",
        "/roles",
        "/registrar(1)/registry",
        "/hierarchical-allocator(1)/offer_constraints_debug",
        "/weights",
        "/quota",
        "/maintenance/schedule",
        "/maintenance/status",
        "/logging/toggle",
        "/metrics/snapshot",
        "/metrics/snapshot?timeout=5secs",
        "/metrics/prometheus",
        "/system/stats.json",
        "/files/debug",
        "/files/browse?path=/master/log",
        "/files/read?path=/master/log&offset=0",
        "/files/download?path=/master/log",
        "/openapi.yaml",
        "/docs"
      })
  void readsAreAsDescribed(String path) {
    assertEquals(200, client.get(path).statusCode());
  }

  @Test
  void readsOfOneAreAsDescribed() {
    var agent = Json.get(cluster.masterUrl() + "/slaves").at("/slaves/0/id");

    client.get("/slaves?slave_id=" + agent.asText());
    client.get("/frameworks?framework_id=" + scheduler.frameworkId());
    client.get("/tasks?task_id=runs&framework_id=" + scheduler.frameworkId());
  }

  @Test
  void reasonsAreAsDescribed() {
    var explain = "/api/v1/explain";
    var framework = explain + "?framework=" + scheduler.frameworkId();

    assertEquals(200, client.get(framework).statusCode());
    assertEquals(400, client.wrong(client.request(explain)).statusCode());
    assertEquals(400, client.get(framework + "&role=none").statusCode());
    assertEquals(404, client.get(framework + "&agent=none").statusCode());
    assertEquals(404, client.get(explain + "?framework=none").statusCode());
  }

  @Test
  void filesOfAgentsAreAsDescribed() {
    var agent = Json.get(cluster.masterUrl() + "/slaves").at("/slaves/0/id").asText();
    var sandbox = "/frameworks/" + scheduler.frameworkId() + "/executors/runs/runs/latest";
    var files = "/agents/files/download?agent_id=";

    assertEquals(200, client.get(files + agent + "&path=" + sandbox + "/stdout").statusCode());
    assertEquals(400, client.wrong(client.request(files + agent)).statusCode());
    assertEquals(404, client.wrong(client.request(files + "none&path=/x")).statusCode());
    assertEquals(404, client.wrong(client.request(files + agent + "&path=/none")).statusCode());
    assertEquals(
        400, client.wrong(client.request(files + agent + "&path=" + sandbox)).statusCode());
  }

  /** Not described for clients, but what a client would hear is. */
  @Test
  void refusalsOfWhatAgentsSayAreAsDescribed() {
    for (var path : List.of("/api/internal/agent/subscribe", "/api/internal/agent/records")) {
      assertEquals(400, client.wrong(path, "{}").statusCode(), path);
    }
  }

  @Test
  void credentialsThatAreNotThereAreNotReadAnew() {
    assertEquals(409, client.post("/credentials/reload", "").statusCode());
  }

  @Test
  void redirectIsAsDescribed() {
    assertEquals(307, client.get("/redirect").statusCode());
  }

  /** The examples themselves are sent, so what they say of 501 is what happens. */
  @Test
  void everyCallOfOperatorsIsAnsweredAsItsExampleSays() {
    var answered = new TreeSet<String>();
    for (var call : client.document().calls(OPERATOR)) {
      if (call.getKey().equals("SUBSCRIBE")) {
        continue; // Its answer does not end.
      }
      boolean unanswered = ApiDocument.saysUnanswered(call.getValue());
      if (!unanswered && !READS.matcher(call.getKey()).matches()) {
        continue; // unlike the others of their path: see OperatorCallsTest of the master
      }
      var answer = client.post(OPERATOR, call.getValue().get("value").toString());

      assertEquals(unanswered ? 501 : 200, answer.statusCode(), call.getKey());
      if (answer.statusCode() == 200) {
        answered.add(call.getKey());
      }
    }
    assertTrue(answered.containsAll(Set.of("GET_STATE", "GET_TASKS", "GET_MASTER")));
  }

  @Test
  void everyEventOfOperatorsIsAsDescribed() {
    var types = new TreeSet<String>();
    try (var operator = EventStream.ofOperator(cluster.masterUrl())) {
      operator.await("SUBSCRIBED", event -> true);
      cluster.addAgent(Cluster.RESOURCES, "--hostname=away");
      operator.await("AGENT_ADDED", event -> true);
      try (var other = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("watched"))) {
        failOver(other);
      }
      operator.await("FRAMEWORK_UPDATED", event -> true);
      try (var other = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("watched"))) {
        var offer = other.awaitOffer();
        other.launch(offer, List.of(Scheduler.task("short", "exit 3", offer)));
        other.awaitUpdate("short", "TASK_FAILED");
        other.teardown();
        operator.await(
            "FRAMEWORK_REMOVED",
            event ->
                event
                    .at("/framework_removed/framework_info/id/value")
                    .asText()
                    .equals(other.frameworkId()));
      }
      PlainChanges.takeAway(client, "away");
      operator.await("AGENT_REMOVED", event -> true);
      for (var event : operator.seen()) {
        types.add(event.get("type").asText());
        assertEquals(
            List.of(), client.document().mistakesOfRecord(OPERATOR, event), event.toString());
      }
    }
    assertEquals(
        Set.of(
            "SUBSCRIBED",
            "HEARTBEAT",
            "AGENT_ADDED",
            "AGENT_REMOVED",
            "FRAMEWORK_ADDED",
            "FRAMEWORK_UPDATED",
            "FRAMEWORK_REMOVED",
            "TASK_ADDED",
            "TASK_UPDATED"),
        types);
  }

  @Test
  void frameworksAreTornDown() {
    try (var other = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("torn"))) {
      var form = "frameworkId=" + other.frameworkId();

      assertEquals(200, client.postForm("/teardown", form).statusCode());
      assertEquals(400, client.postForm("/master/teardown", form).statusCode());
    }
    assertEquals(400, client.wrong("/teardown", "{}").statusCode());
  }

  @Test
  void changesByPlainEndpointsAreAsDescribed() {
    PlainChanges.make(client);
  }

  @Test
  void refusalsOfOrdersToAgentsAreAsDescribed() {
    for (var type :
        List.of("DRAIN_AGENT", "DEACTIVATE_AGENT", "REACTIVATE_AGENT", "MARK_AGENT_GONE")) {
      var order = Json.of("{'type':'" + type + "'}");
      order.withObject(type.toLowerCase(Locale.ROOT)).withObject("agent_id").put("value", "nobody");
      var answer = client.wrong(OPERATOR, order.toString());
      assertEquals(type.equals("MARK_AGENT_GONE") ? 404 : 400, answer.statusCode());
    }
  }

  /** All but those that end the framework or open another stream. */
  @Test
  void everyCallOfFrameworksIsTakenAsItsExampleSays() {
    var info = Scheduler.info("other");
    try (var other = Scheduler.subscribe(cluster.masterUrl(), info)) {
      for (var call : client.document().calls(SCHEDULER)) {
        if (!Set.of("SUBSCRIBE", "TEARDOWN", "UPDATE_FRAMEWORK").contains(call.getKey())) {
          var body = ((ObjectNode) call.getValue().get("value")).deepCopy();
          body.withObject("framework_id").put("value", other.frameworkId());
          // Its roles are the framework's; what it does is not of interest here.
          var text = body.toString().replace("\"web\"", "\"other\"");
          var answer = client.post(SCHEDULER, text, "Mesos-Stream-Id", other.streamId());

          assertEquals(202, answer.statusCode(), call.getKey());
        }
      }
      other.teardown();
    }
  }

  @Test
  void everyEventIsAsDescribed() {
    var types = new TreeSet<String>();
    try (var other = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("events"))) {
      var offer = other.awaitOffer();
      var broken = Scheduler.task("broken", "true", offer);
      broken.remove("command");
      other.launch(offer, List.of(Scheduler.task("short", "exit 3", offer), broken));
      other.awaitUpdate("short", "TASK_FAILED");
      other.awaitUpdate("broken", "TASK_ERROR");
      failOver(other);
      for (var event : other.seen()) {
        types.add(event.get("type").asText());
        assertEquals(
            List.of(), client.document().mistakesOfRecord(SCHEDULER, event), event.toString());
      }
    }
    assertTrue(
        types.containsAll(Set.of("SUBSCRIBED", "HEARTBEAT", "OFFERS", "UPDATE", "ERROR")),
        types.toString());
  }

  /** The old stream gets an ERROR. */
  private static void failOver(Scheduler old) {
    var info = Scheduler.info("events");
    info.withObject("id").put("value", old.frameworkId());
    try (var again = Scheduler.subscribe(cluster.masterUrl(), info)) {
      old.await("ERROR", event -> true);
      again.teardown();
    }
  }

  @Test
  void refusalsOfCallsAreAsDescribed() {
    var statuses = new ArrayList<Integer>();
    for (var path : List.of(SCHEDULER, OPERATOR, "/master" + SCHEDULER)) {
      statuses.add(client.wrong(path, "{}").statusCode());
      statuses.add(client.wrong(path, "{").statusCode());
      statuses.add(client.wrong(path, "[]").statusCode());
      statuses.add(client.wrong(path, "{\"type\":\"NONE\"}").statusCode());
      statuses.add(
          client
              .wrong(
                  client
                      .request(path)
                      .header("Content-Type", "text/xml")
                      .POST(HttpRequest.BodyPublishers.ofString("<call/>")))
              .statusCode());
      statuses.add(
          client
              .wrong(client.request(path).POST(HttpRequest.BodyPublishers.noBody()))
              .statusCode());
      statuses.add(
          client.wrong(path, "{\"type\":\"GET_STATE\"}", "Origin", "http://other").statusCode());
    }
    assertEquals(Set.of(400, 403, 415), Set.copyOf(statuses));
  }

  @Test
  void refusalsOfFrameworksAreAsDescribed() {
    var kill = call("KILL");
    kill.withObject("framework_id").put("value", scheduler.frameworkId());

    assertEquals(400, client.wrong(SCHEDULER, kill.toString()).statusCode());
    assertEquals(
        400, client.wrong(SCHEDULER, kill.toString(), "Mesos-Stream-Id", "x").statusCode());
    assertEquals(400, client.wrong(SCHEDULER, call("KILL").toString()).statusCode());
    assertEquals(
        406, client.wrong(SCHEDULER, call("SUBSCRIBE").toString(), "Accept", "a/b").statusCode());
    assertEquals(
        400,
        client.wrong(SCHEDULER, call("SUBSCRIBE").toString(), "Mesos-Stream-Id", "x").statusCode());
    var unknown = call("TEARDOWN").put("type", "UNKNOWN");
    unknown.withObject("framework_id").put("value", scheduler.frameworkId());
    assertEquals(
        501,
        client
            .wrong(SCHEDULER, unknown.toString(), "Mesos-Stream-Id", scheduler.streamId())
            .statusCode());
    var update = call("UPDATE_FRAMEWORK");
    update.withObject("framework_id").put("value", scheduler.frameworkId());
    update
        .withObject("/update_framework/framework_info")
        .put("user", "nobody-else")
        .withObject("id")
        .put("value", scheduler.frameworkId());
    assertEquals(
        400,
        client
            .wrong(SCHEDULER, update.toString(), "Mesos-Stream-Id", scheduler.streamId())
            .statusCode());
  }

  @Test
  void refusalsOfReadsAreAsDescribed() {
    assertEquals(400, client.wrong(client.request("/state?jsonp=a(b)")).statusCode());
    assertEquals(400, client.wrong(client.request("/logging/toggle?level=1")).statusCode());
    assertEquals(
        400, client.wrong(client.request("/logging/toggle?level=x&duration=1secs")).statusCode());
    assertEquals(400, client.wrong(client.request("/files/read")).statusCode());
    assertEquals(404, client.wrong(client.request("/files/read?path=/x")).statusCode());
  }

  private static ObjectNode call(String type) {
    for (var call : client.document().calls(SCHEDULER)) {
      if (call.getKey().equals(type)) {
        return call.getValue().get("value").deepCopy();
      }
    }
    throw new AssertionError(type);
  }

  /** A new endpoint needs a call here. Comes last, after all the calls of the others. */
  @Test
  @Order(Integer.MAX_VALUE)
  void nothingThatIsDescribedWasLeftOut() {
    assertEquals(Set.of(), client.notAsked());
  }
}
