package io.proffer.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.RawHttp;
import io.proffer.e2e.Scheduler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Every call the reference refuses is refused alike; every invalid ACCEPT has the same events. */
@Timeout(300)
final class SchedulerErrorsTest {
  /** The order of the recordings' agent, which shows in error texts. */
  private static final String RESOURCES = "ports:[31000-32000];cpus:4;mem:4096;disk:8192";

  /** The stream of the one framework that made all the invalid calls. */
  private static final String ALL = "SUBSCRIBE-stream-of-all-ACCEPT-errors";

  /** All that our frameworks were told. */
  private static final Set<JsonNode> HEARD = new HashSet<>();

  private static Cluster cluster;

  @BeforeAll
  static void start() {
    if (Golden.directory().isPresent()) {
      cluster = Cluster.master("--hostname=127.0.0.1");
      cluster.addAgent(RESOURCES, "--hostname=127.0.0.1");
      cluster.awaitAgents(1);
    }
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> refusedCalls() {
    return Golden.all("scheduler-errors").stream()
        .filter(g -> !g.document().has("events_that_follow") && !g.name().startsWith("SUBSCRIBE-"))
        .map(
            g ->
                DynamicTest.dynamicTest(g.name(), () -> Differences.check(g, () -> sameAnswer(g))));
  }

  @TestFactory
  Stream<DynamicTest> invalidAccepts() {
    return Stream.concat(
        Golden.all("scheduler-errors").stream()
            .filter(g -> g.document().has("events_that_follow"))
            .map(
                g ->
                    DynamicTest.dynamicTest(
                        g.name(), () -> Differences.check(g, () -> sameEvents(g)))),
        Golden.all("scheduler-errors").stream()
            .filter(g -> g.name().equals(ALL))
            .map(g -> DynamicTest.dynamicTest(ALL, () -> sameAll(g))));
  }

  private static void sameAnswer(Golden golden) throws IOException {
    try (var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("golden"));
        var http = new RawHttp(cluster.masterPort())) {
      var body = new String(golden.body(), StandardCharsets.ISO_8859_1);
      var headers = new ArrayList<>(golden.headerLines());
      if (golden.name().startsWith("subscribed-")) {
        body = body.replaceAll("[0-9a-f-]{36}-\\d{4}", scheduler.frameworkId());
        if (golden.status() == 202) {
          headers.replaceAll(
              line ->
                  line.regionMatches(true, 0, "Mesos-Stream-Id:", 0, 16)
                      ? line.substring(0, 16) + " " + scheduler.streamId()
                      : line);
        }
      }
      var bytes = body.getBytes(StandardCharsets.ISO_8859_1);
      http.send(golden.method(), golden.path(), headers, bytes);
      var answer = http.answer();
      assertEquals(golden.status(), answer.status(), answer.body());
      assertEquals(
          golden.header("Content-Type"), answer.headers().getOrDefault("content-type", ""));
      assertEquals(golden.header("Allow"), answer.headers().getOrDefault("allow", ""));
      if (!golden.header("Mesos-Stream-Id").isEmpty()) {
        assertEquals("SUBSCRIBED", Json.parse(http.record(5000)).path("type").asText());
        return;
      }
      var expected = Normal.text(golden.response().path("body").asText());
      if (expected.startsWith("Failed to parse body into JSON")) {
        assertTrue(answer.body().startsWith("Failed to parse body into JSON"), answer.body());
      } else {
        assertEquals(expected, Normal.text(answer.body()));
      }
      scheduler.teardown();
    }
  }

  private static void sameEvents(Golden golden) throws IOException {
    var info =
        Json.of(
            "{'user':'root','name':'err','roles':['golden'],'capabilities':[{'type':'MULTI_ROLE'}]}");
    try (var scheduler = Scheduler.subscribe(cluster.masterUrl(), info);
        var http = new RawHttp(cluster.masterPort())) {
      var offer = scheduler.awaitOffer();
      prepare(golden, scheduler, offer);
      var current =
          golden.name().equals("ACCEPT-duplicate-task-id-of-running-task")
              ? scheduler.awaitOffer()
              : offer;
      var body =
          new String(golden.body(), StandardCharsets.UTF_8)
              .replaceAll("[0-9a-f-]{36}-\\d{4}", scheduler.frameworkId())
              .replaceAll("[0-9a-f-]{36}-O\\d+", current.at("/id/value").asText())
              .replaceAll("[0-9a-f-]{36}-S\\d+", current.at("/agent_id/value").asText());
      var headers = new ArrayList<>(golden.headerLines());
      headers.replaceAll(
          line ->
              line.startsWith("Mesos-Stream-Id:")
                  ? "Mesos-Stream-Id: " + scheduler.streamId()
                  : line);
      http.send("POST", golden.path(), headers, body.getBytes(StandardCharsets.UTF_8));
      var answer = http.answer();
      assertEquals(golden.status(), answer.status(), answer.body());
      var expected = updates(golden.document().get("events_that_follow"));
      var events = new ArrayList<JsonNode>();
      while (events.size() < expected.size()) {
        var event = scheduler.next(Duration.ofSeconds(10));
        if (event == null) {
          break;
        }
        if (event.path("type").asText().equals("UPDATE")) {
          events.add(event);
        }
      }
      HEARD.addAll(normal(scheduler.seen()));
      assertEquals(expected.toString(), normal(events).toString());
      awaitTheRest(scheduler, events);
      HEARD.addAll(normal(scheduler.seen()));
      scheduler.teardown();
    }
  }

  /** What was recorded later of tasks that were launched after all. */
  private static void awaitTheRest(Scheduler scheduler, List<JsonNode> events) {
    var known = new HashSet<String>();
    scheduler.seen().forEach(event -> known.add(news(event)));
    var tasks = new HashSet<String>();
    for (var event : events) {
      if (event.at("/update/status").has("uuid")) {
        scheduler.acknowledge(event.at("/update/status"));
        tasks.add(task(event));
      }
    }
    for (var event : Heard.recorded(Golden.of("scheduler-errors", ALL))) {
      if (tasks.contains(task(event)) && known.add(news(event))) {
        scheduler.awaitUpdate(task(event), event.at("/update/status/state").asText());
      }
    }
  }

  private static String news(JsonNode event) {
    return task(event) + " " + event.at("/update/status/state").asText();
  }

  private static String task(JsonNode event) {
    return event.at("/update/status/task_id/value").asText();
  }

  /** All that the recorded framework was told was told to one of ours: here each has its own. */
  private static void sameAll(Golden golden) throws IOException {
    var missing = new LinkedHashSet<>(updates(golden.response().get("recordio_events")));
    missing.removeAll(HEARD);
    var ofUris = missing.stream().filter(event -> task(event).equals("e-uri")).toList();
    missing.removeAll(ofUris);
    Differences.check(golden, () -> assertEquals(Set.of(), missing));
    Differences.check(golden, "e-uri", () -> assertEquals(List.of(), ofUris));
  }

  /** Brings the framework where the recording was before the call. */
  private static void prepare(Golden golden, Scheduler scheduler, JsonNode offer) {
    switch (golden.name()) {
      case "ACCEPT-duplicate-task-id-of-running-task" -> {
        scheduler.launch(offer, List.of(Scheduler.task("e-long", "sleep 60", offer)));
        scheduler.awaitUpdate("e-long", "TASK_RUNNING");
      }
      case "ACCEPT-offer-already-used-up" -> {
        var call = Json.of("{'type':'ACCEPT','accept':{'offer_ids':[]}}");
        call.withArray("/accept/offer_ids").add(offer.get("id")).add(offer.get("id"));
        scheduler.accepted(call);
      }
      default -> {}
    }
  }

  private static List<JsonNode> updates(JsonNode events) {
    var updates = new ArrayList<JsonNode>();
    events.forEach(
        e -> {
          if (e.path("type").asText().equals("UPDATE")) {
            updates.add(e);
          }
        });
    return normal(updates);
  }

  private static List<JsonNode> normal(List<JsonNode> events) {
    return events.stream().map(Normal::document).toList();
  }
}
