package io.proffer.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes in, the answer is the documented one, and a task still runs afterwards. */
@Timeout(180)
final class BadInputTest {
  private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster = Cluster.withAgent();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  /** The whole agent is on offer again and runs a command. */
  @AfterEach
  void theLoopStillRunsAndNothingIsLost() {
    try (var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("after"))) {
      var offer = scheduler.awaitOffer();
      assertTrue(offer.path("resources").toString().contains("\"value\":4.0"), offer.toString());
      scheduler.launch(offer, java.util.List.of(Scheduler.task("after", "true", offer)));
      scheduler.awaitUpdate("after", "TASK_FINISHED");
      scheduler.teardown();
    }
  }

  static Stream<Arguments> bodies() {
    var deep = "[".repeat(10_000) + "]".repeat(10_000);
    return Stream.of(
        Arguments.of("empty", "", "Failed to parse body into JSON"),
        Arguments.of("a word", "hello", "Failed to parse body into JSON"),
        Arguments.of("truncated", "{\"type\":\"SUBSCR", "Failed to parse body into JSON"),
        Arguments.of(
            "deep",
            "{\"type\":" + deep + "}",
            "Failed to parse body into JSON: expecting objects and arrays nested"),
        Arguments.of(
            "a long number",
            "{\"x\":" + "9".repeat(2000) + "}",
            "Failed to parse body into JSON: expecting numbers"),
        Arguments.of("array", "[]", "Failed to convert JSON into Call protobuf: Expecting"),
        Arguments.of(
            "no type", "{}", "Failed to validate scheduler::Call: Expecting 'type' to be present"),
        Arguments.of(
            "unknown type",
            "{\"type\":\"NO_SUCH\"}",
            "Failed to validate scheduler::Call: Expecting 'type' to be present"),
        Arguments.of(
            "no framework",
            "{\"type\":\"REVIVE\"}",
            "Failed to validate scheduler::Call: Expecting 'framework_id' to be present"),
        Arguments.of(
            "unknown framework",
            "{\"type\":\"REVIVE\",\"framework_id\":{\"value\":\"nobody\"}}",
            "Framework cannot be found"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void malformedCallsAre400(String name, String body, String beginning) {
    var answer = Json.post(cluster.masterUrl() + "/api/v1/scheduler", body);
    assertEquals(400, answer.statusCode(), name);
    assertTrue(answer.body().startsWith(beginning), answer.body());
  }

  @Test
  void invalidUtf8Is400() {
    var body =
        "{\"type\":\"REVIVE\",\"framework_id\":{\"value\":\"x?\"}}"
            .getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < body.length; i++) {
      if (body[i] == '?') {
        body[i] = (byte) 0xff;
      }
    }
    var answer =
        Json.send(
            HttpRequest.newBuilder(URI.create(cluster.masterUrl() + "/api/v1/scheduler"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    assertEquals(400, answer.statusCode());
  }

  @Test
  void aBodyOverTheLimitIs413WithASentence() {
    var answer =
        Json.post(cluster.masterUrl() + "/api/v1/scheduler", " ".repeat(8 * 1024 * 1024 + 1));
    assertEquals(413, answer.statusCode());
    assertTrue(answer.body().contains("max_request_size"), answer.body());
  }

  @Test
  void aConnectionThatBreaksInTheMiddleOfABodyHarmsNobody() throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), cluster.masterPort())) {
      socket
          .getOutputStream()
          .write(
              ("POST /api/v1/scheduler HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                      + "Content-Length: 1000\r\n\r\n{\"type\"")
                  .getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    }
  }

  static Stream<Arguments> tasks() {
    return Stream.of(
        Arguments.of("more than offered", "cpus", "100000"),
        Arguments.of("negative", "cpus", "-1"),
        Arguments.of("not a number", "cpus", "\"NaN\""),
        Arguments.of("never offered", "unicorns", "1"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tasks")
  void aTaskItCannotHaveIsAnErrorAndTheOfferComesBack(String name, String resource, String value) {
    try (var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("bad"))) {
      var offer = scheduler.awaitOffer();
      var task = Scheduler.task("bad", "true", offer);
      task.set(
          "resources",
          Json.parse(
              "[{\"name\":\""
                  + resource
                  + "\",\"type\":\"SCALAR\",\"scalar\":{\"value\":"
                  + value
                  + "}},{\"name\":\"mem\",\"type\":\"SCALAR\",\"scalar\":{\"value\":32}}]"));
      var call = acceptOf(offer, task);
      var answer = scheduler.call(call);
      if (answer.statusCode() == 202) {
        var status = scheduler.awaitUpdate("bad", "TASK_ERROR");
        assertEquals("REASON_TASK_INVALID", status.path("reason").asText());
        assertEquals(offer.get("resources"), scheduler.awaitOffer().get("resources"));
      } else {
        assertEquals(400, answer.statusCode(), answer.body());
      }
      scheduler.teardown();
    }
  }

  @Test
  void anOfferOfSomeoneElseIsNoOffer() {
    try (var owner = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("owner"));
        var thief = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("thief"))) {
      var offer = owner.awaitOffer();
      thief.accepted(acceptOf(offer, Scheduler.task("stolen", "true", offer)));
      var status = thief.awaitUpdate("stolen", "TASK_DROPPED");
      assertEquals("REASON_INVALID_OFFERS", status.path("reason").asText());
      assertEquals(
          "Task launched with invalid offers: Offer "
              + offer.at("/id/value").asText()
              + " has invalid framework "
              + owner.frameworkId()
              + " while framework "
              + thief.frameworkId()
              + " is expected",
          status.path("message").asText());
      thief.teardown();
      owner.teardown();
    }
  }

  @Test
  void tenThousandOperationsInOneAcceptAreAllAnswered() {
    try (var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("many"))) {
      var offer = scheduler.awaitOffer();
      var call =
          Json.of("{'type':'ACCEPT','accept':{'offer_ids':[],'operations':[],'filters':{}}}");
      call.withArray("/accept/offer_ids").add(offer.get("id"));
      var operations = call.withArray("/accept/operations");
      for (int i = 0; i < 10_000; i++) {
        var task = Scheduler.task("n" + i, "true", offer);
        ((ObjectNode) task.at("/resources/0/scalar")).put("value", 100000);
        var launch = Json.of("{'type':'LAUNCH','launch':{'task_infos':[]}}");
        launch.withArray("/launch/task_infos").add(task);
        operations.add(launch);
      }
      scheduler.accepted(call);
      var errors = new ArrayList<String>();
      while (errors.size() < 10_000) {
        var status = scheduler.await("UPDATE", e -> true).at("/update/status");
        assertEquals("TASK_ERROR", status.path("state").asText());
        errors.add(status.at("/task_id/value").asText());
      }
      assertEquals("n0", errors.getFirst());
      assertEquals("n9999", errors.getLast());
      assertEquals(10_000, errors.stream().distinct().count());
      scheduler.teardown();
    }
  }

  @Test
  void aDuplicateTaskIdIsAnErrorAndTheFirstTaskRunsOn() {
    try (var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("twice"))) {
      var offer = scheduler.awaitOffer();
      scheduler.launch(
          offer,
          java.util.List.of(
              Scheduler.task("twin", "sleep 60", offer), Scheduler.task("twin", "true", offer)));
      var error =
          scheduler
              .await("UPDATE", e -> e.at("/update/status/state").asText().equals("TASK_ERROR"))
              .at("/update/status");
      assertEquals("Task has duplicate ID: twin", error.path("message").asText());
      scheduler.awaitUpdate("twin", "TASK_RUNNING");
      scheduler.teardown();
    }
  }

  private static ObjectNode acceptOf(
      com.fasterxml.jackson.databind.JsonNode offer, ObjectNode task) {
    var call =
        Json.of(
            "{'type':'ACCEPT','accept':{'offer_ids':[],'operations':[{'type':'LAUNCH',"
                + "'launch':{'task_infos':[]}}],'filters':{'refuse_seconds':0}}}");
    call.withArray("/accept/offer_ids").add(offer.get("id"));
    call.withArray("/accept/operations/0/launch/task_infos").add(task);
    return call;
  }
}
