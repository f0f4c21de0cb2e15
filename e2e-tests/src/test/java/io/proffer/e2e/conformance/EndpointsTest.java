package io.proffer.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * The plain endpoints of master and agent where the recordings were made: a framework has ended,
 * and another has a task that runs, one that failed, and an offer of the rest.
 */
@Timeout(300)
final class EndpointsTest {
  /** What the recordings have of the framework that has ended: pods come later. */
  private static final String[] ENDED = {"cmd-1", "nest-1", "de"};

  /** What changes the answers of others, in the order it was recorded. */
  private static final List<String> LOGGING =
      List.of(
          "GET_logging_toggle",
          "GET_logging-toggle-get-with-query",
          "POST_logging_toggle-level-9",
          "POST_logging_toggle-level-1-1secs",
          "POST_logging_toggle");

  /** The same, once there are no offers any more, as after the rescinding of the recording. */
  private static final List<String> ROLES =
      List.of(
          "PUT_weights-bad-json",
          "PUT_weights-not-array",
          "PUT_weights-bad",
          "PUT_weights",
          "GET_weights-set",
          "GET_roles-weights",
          "PUT_weights-back",
          "POST_quota-bad-json",
          "POST_quota-empty-object",
          "POST_quota",
          "GET_quota-set",
          "POST_quota-twice",
          "POST_quota-too-much",
          "DELETE_quota-no-role",
          "DELETE_quota",
          "DELETE_quota-twice");

  /** Of a machine where no agent is, in the order it was recorded. */
  private static final List<String> MAINTENANCE =
      List.of(
          "POST_maintenance-schedule-bad-json",
          "POST_maintenance-schedule",
          "GET_maintenance-schedule-set",
          "POST_machine-down-unscheduled",
          "POST_machine-down",
          "POST_machine-down-twice",
          "GET_maintenance-status-down",
          "POST_machine-up",
          "POST_machine-up-twice",
          "POST_maintenance-schedule-clear");

  /** Requests that take long where there is a limit, and next to nothing where there is none. */
  private static final int MANY = 20;

  private static final String TEARDOWN = "POST_teardown";

  private static Cluster cluster;
  private static String ended;
  private static Scheduler live;
  private static String agent;

  @BeforeAll
  static void start() {
    if (Golden.directory().isEmpty()) {
      return;
    }
    cluster = Golden.cluster("--cluster=golden");
    try (var first = Scheduler.subscribe(cluster.masterUrl(), info("golden-agent"))) {
      var offer = first.awaitOffer();
      first.launch(offer, List.of(Scheduler.task("cmd-1", "sleep 1000", offer)));
      first.awaitUpdate("cmd-1", "TASK_RUNNING");
      ended = first.frameworkId();
      first.teardown();
    }
    var info = info("golden-endpoints").put("principal", "ep");
    info.set("labels", Json.of("{'labels':[{'key':'a','value':'b'}]}"));
    live = Scheduler.subscribe(cluster.masterUrl(), info);
    // The task of the other framework may hold its share for a moment yet.
    var offer =
        live.await("OFFERS", e -> e.toString().contains("\"value\":4.0")).at("/offers/offers/0");
    agent = offer.at("/agent_id/value").asText();
    var runs = Scheduler.task("ep-1", "sleep 1000", offer);
    runs.set("labels", Json.of("{'labels':[{'key':'x','value':'y'}]}"));
    runs.set(
        "discovery",
        Json.of(
            "{'visibility':'CLUSTER','name':'svc','ports':{'ports':[{'number':80,'name':'http',"
                + "'protocol':'tcp'}]}}"));
    live.launch(offer, List.of(runs));
    live.awaitUpdate("ep-1", "TASK_RUNNING");
    var rest = live.awaitOffer();
    live.launch(rest, List.of(Scheduler.task("ep-2", "exit 1", rest)));
    live.awaitUpdate("ep-2", "TASK_FAILED");
    live.await("OFFERS", e -> e.toString().contains("\"value\":3.9"));
  }

  private static ObjectNode info(String name) {
    return Json.of(
        "{'user':'root','name':'"
            + name
            + "','roles':['golden'],'capabilities':[{'type':'MULTI_ROLE'}]}");
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      live.close();
      cluster.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> exchanges() {
    if (Golden.directory().isEmpty()) {
      return Stream.empty();
    }
    var master = new Replay(cluster.masterPort(), EndpointsTest::ours, ENDED);
    var atAgent = new Replay(cluster.agentPort(0), EndpointsTest::ours, ENDED);
    var ofMaster = inOrder(Golden.all("master-endpoints"));
    var ofAgent = inOrder(Golden.all("agent-endpoints"));
    return Stream.of(
            master.tests(before(ofMaster)),
            atAgent.tests(before(ofAgent)),
            Stream.of(DynamicTest.dynamicTest("it wants no offers", EndpointsTest::suppress)),
            master.tests(ROLES.stream().map(name -> Golden.of("master-endpoints", name)).toList()),
            master.tests(
                MAINTENANCE.stream().map(name -> Golden.of("master-endpoints", name)).toList()),
            master.tests(after(ofMaster)),
            Stream.of(DynamicTest.dynamicTest("the agent hears of it", EndpointsTest::awaitEnd)),
            atAgent.tests(after(ofAgent)))
        .flatMap(tests -> tests);
  }

  /** What the documents tell of the reference: two requests a second, and later ones wait. */
  @TestFactory
  Stream<DynamicTest> limits() {
    if (Golden.directory().isEmpty()) {
      return Stream.empty();
    }
    return Stream.of(
        limit("limit/master/metrics/snapshot", cluster.masterPort(), "/metrics/snapshot"),
        limit("limit/agent/metrics/snapshot", cluster.agentPort(0), "/metrics/snapshot"),
        limit("limit/agent/monitor/statistics", cluster.agentPort(0), "/monitor/statistics"));
  }

  /** What the documents tell of it, or is known of it, and we refuse: no recording shows either. */
  @TestFactory
  Stream<DynamicTest> refusals() {
    if (Golden.directory().isEmpty()) {
      return Stream.empty();
    }
    return Stream.of(
        told("http/jsonp", () -> assertEquals(200, answered("/version?jsonp=not%20a%20name"))),
        told("http/origin", () -> assertEquals(200, changedFrom("http://elsewhere.example"))));
  }

  private static DynamicTest told(String id, Differences.Comparison comparison) {
    return DynamicTest.dynamicTest(id, () -> Differences.check(id, comparison));
  }

  private static int answered(String path) {
    return Json.send(HttpRequest.newBuilder(URI.create(cluster.masterUrl() + path))).statusCode();
  }

  /** By a page of that origin; the level is the one there is. */
  private static int changedFrom(String origin) {
    var call =
        "{\"type\":\"SET_LOGGING_LEVEL\",\"set_logging_level\":{\"level\":0,"
            + "\"duration\":{\"nanoseconds\":1}}}";
    return Json.post(cluster.masterUrl() + "/api/v1", call, "Origin", origin).statusCode();
  }

  private static DynamicTest limit(String id, int port, String path) {
    return DynamicTest.dynamicTest(
        id, () -> Differences.check(id, () -> isLimited("http://127.0.0.1:" + port + path)));
  }

  private static void isLimited(String url) {
    var start = System.nanoTime();
    for (var request = 0; request < MANY; request++) {
      Json.get(url);
    }
    var seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
    assertTrue(seconds >= MANY / 2 - 2, MANY + " requests took " + seconds + " s");
  }

  private static void suppress() {
    live.accepted(Json.of("{'type':'SUPPRESS'}"));
  }

  private static void awaitEnd() {
    Awaitility.await("the framework is gone from the agent")
        .until(
            () ->
                Json.get("http://127.0.0.1:" + cluster.agentPort(0) + "/state")
                    .path("frameworks")
                    .isEmpty());
  }

  private static List<Golden> inOrder(List<Golden> all) {
    var ordered = new ArrayList<>(all);
    // Streams have suites of their own.
    ordered.removeIf(golden -> golden.response().has("recordio_events"));
    ordered.sort(
        Comparator.comparingInt(
            golden ->
                golden.name().equals(TEARDOWN)
                    ? -1
                    : LOGGING.contains(golden.name())
                        ? LOGGING.indexOf(golden.name())
                        : LOGGING.size()));
    return ordered;
  }

  private static List<Golden> before(List<Golden> all) {
    return all.stream()
        .filter(golden -> !isAfter(golden))
        .filter(golden -> !ROLES.contains(golden.name()))
        .filter(golden -> !MAINTENANCE.contains(golden.name()))
        .toList();
  }

  private static List<Golden> after(List<Golden> all) {
    return all.stream().filter(EndpointsTest::isAfter).toList();
  }

  private static boolean isAfter(Golden golden) {
    return golden.name().equals(TEARDOWN) || golden.name().endsWith("-after-teardown");
  }

  private static String ours(String text) {
    return text.replaceAll("[0-9a-f-]{36}-0000", ended)
        .replaceAll("[0-9a-f-]{36}-0001", live.frameworkId())
        .replaceAll("[0-9a-f-]{36}-S0", agent);
  }
}
