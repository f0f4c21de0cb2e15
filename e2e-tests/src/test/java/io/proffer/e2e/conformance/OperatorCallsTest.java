package io.proffer.e2e.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * POST /api/v1 of the master: alone with an agent, with an offer, with a task, and after it all.
 */
@Timeout(300)
final class OperatorCallsTest {
  private static final List<String> TEARDOWN = List.of("TEARDOWN", "TEARDOWN-twice");
  private static final List<String> LOGGING =
      List.of(
          "SET_LOGGING_LEVEL", "GET_LOGGING_LEVEL-after-set", "GET_LOGGING_LEVEL-after-duration");

  /** What changes the answers of others, in the order it was recorded. */
  private static final List<String> ROLES =
      List.of(
          "UPDATE_WEIGHTS",
          "GET_WEIGHTS-after-update",
          "GET_ROLES-after-weight",
          "UPDATE_WEIGHTS-zero",
          "UPDATE_WEIGHTS-negative",
          "UPDATE_WEIGHTS-bad-role",
          "UPDATE_WEIGHTS-empty",
          "UPDATE_WEIGHTS-back-to-1",
          "UPDATE_QUOTA",
          "GET_QUOTA-after-update",
          "GET_ROLES-with-quota",
          "UPDATE_QUOTA-guarantee-above-limit",
          "UPDATE_QUOTA-guarantee-more-than-cluster",
          "UPDATE_QUOTA-limit-below-consumed",
          "UPDATE_QUOTA-negative",
          "UPDATE_QUOTA-child-above-parent",
          "UPDATE_QUOTA-force",
          "UPDATE_QUOTA-role-star",
          "UPDATE_QUOTA-back-to-default",
          "GET_QUOTA-after-default",
          "SET_QUOTA",
          "GET_QUOTA-after-SET_QUOTA",
          "SET_QUOTA-twice",
          "SET_QUOTA-empty",
          "SET_QUOTA-more-than-cluster",
          "REMOVE_QUOTA");

  @TempDir private static Path directory;
  private static Cluster cluster;
  private static Scheduler scheduler;
  private static JsonNode offer;

  @BeforeAll
  static void start() throws IOException {
    if (Golden.directory().isPresent()) {
      var log = Files.writeString(directory.resolve("log"), "Log file created\n");
      cluster = Golden.cluster("--external_log_file=" + log);
    }
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      scheduler.close();
      cluster.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> exchanges() {
    if (Golden.directory().isEmpty()) {
      return Stream.empty();
    }
    var replay = new Replay(cluster.masterPort(), OperatorCallsTest::ours);
    return Stream.of(
            replay.tests(named(name -> name.endsWith("-idle"))),
            step("a framework is offered all there is", OperatorCallsTest::subscribe),
            replay.tests(named(name -> name.endsWith("-outstanding-offer"))),
            step("it runs a task, and has no offer", OperatorCallsTest::launch),
            replay.tests(named(OperatorCallsTest::isAnyTime)),
            replay.tests(
                ROLES.stream().map(name -> Golden.of("master-operator-api", name)).toList()),
            Stream.of(DynamicTest.dynamicTest("the level of the log", () -> logging(replay))))
        .flatMap(tests -> tests);
  }

  /** On a master of its own, where one framework is ended and another goes on. */
  @TestFactory
  Stream<DynamicTest> teardown() {
    if (Golden.directory().isEmpty()) {
      return Stream.empty();
    }
    var fresh = Golden.cluster();
    var torn = Scheduler.subscribe(fresh.masterUrl(), info("to-be-torn-down"));
    var all = torn.awaitOffer();
    torn.accepted(Json.of("{'type':'SUPPRESS'}"));
    torn.launch(all, List.of(Scheduler.task("torn-1", "sleep 1000", all)));
    torn.awaitUpdate("torn-1", "TASK_RUNNING");
    // It is offered nothing, as in the recording.
    var call = Json.of("{'type':'SUBSCRIBE','subscribe':{'suppressed_roles':['golden']}}");
    call.withObject("subscribe").set("framework_info", info("golden-operator-2"));
    var other = Scheduler.open(fresh.masterUrl(), call.toString());
    other.await("SUBSCRIBED", event -> true);
    var replay =
        new Replay(
            fresh.masterPort(),
            text -> text.replaceAll("[0-9a-f-]{36}-\\d{4}", torn.frameworkId()));
    return Stream.concat(
            replay.tests(
                TEARDOWN.stream().map(name -> Golden.of("master-operator-api", name)).toList()),
            replay.tests(named(name -> name.endsWith("-with-completed"))))
        .onClose(
            () -> {
              torn.close();
              other.close();
              fresh.close();
            });
  }

  private static ObjectNode info(String name) {
    return Json.of(
        "{'user':'root','name':'"
            + name
            + "','roles':['golden'],'capabilities':[{'type':'MULTI_ROLE'}]}");
  }

  /** While the task runs, or whenever it may be. */
  private static boolean isAnyTime(String name) {
    return !name.endsWith("-idle")
        && !name.endsWith("-outstanding-offer")
        && !name.endsWith("-with-completed")
        && !TEARDOWN.contains(name)
        && !LOGGING.contains(name)
        && !ROLES.contains(name)
        && !AgentOrdersTest.NAMES.contains(name)
        && !MaintenanceCallsTest.NAMES.contains(name)
        && !InverseOffersTest.NAMES.contains(name)
        // Streams have suites of their own.
        && !name.contains("-stream")
        && !name.startsWith("scheduler-");
  }

  private static List<Golden> named(Predicate<String> wanted) {
    return Golden.all("master-operator-api").stream()
        .filter(golden -> wanted.test(golden.name()))
        .toList();
  }

  private static Stream<DynamicTest> step(String what, Runnable step) {
    return Stream.of(DynamicTest.dynamicTest(what, step::run));
  }

  private static void subscribe() {
    var info =
        Json.of(
            "{'user':'root','name':'golden-operator','roles':['golden'],"
                + "'principal':'op-principal','webui_url':'http://127.0.0.1:1/',"
                + "'capabilities':[{'type':'MULTI_ROLE'},{'type':'RESERVATION_REFINEMENT'}],"
                + "'labels':{'labels':[{'key':'lk','value':'lv'}]}}");
    scheduler = Scheduler.subscribe(cluster.masterUrl(), info);
    offer = scheduler.awaitOffer();
  }

  private static void launch() {
    scheduler.accepted(Json.of("{'type':'SUPPRESS'}"));
    ObjectNode task = Scheduler.task("op-1", "sleep 1000", offer);
    task.set("labels", Json.of("{'labels':[{'key':'x','value':'y'}]}"));
    scheduler.launch(offer, List.of(task));
    scheduler.awaitUpdate("op-1", "TASK_RUNNING");
  }

  private static void logging(Replay replay) throws IOException {
    for (var name : LOGGING) {
      var golden = Golden.of("master-operator-api", name);
      Differences.check(
          golden,
          () ->
              // The level holds for a time, and what comes after that has to wait for its end.
              Awaitility.await(name).untilAsserted(() -> replay.check(golden)));
    }
  }

  private static String ours(String text) {
    if (scheduler == null) {
      return text;
    }
    return text.replaceAll("[0-9a-f-]{36}-\\d{4}", scheduler.frameworkId())
        .replaceAll("[0-9a-f-]{36}-S0", offer.at("/agent_id/value").asText());
  }
}
