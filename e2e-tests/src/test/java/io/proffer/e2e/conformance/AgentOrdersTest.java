package io.proffer.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** What operators order of an agent where a task runs, in the order it was recorded. */
@Timeout(300)
final class AgentOrdersTest {
  private static final List<String> DEACTIVATION =
      List.of(
          "DEACTIVATE_AGENT",
          "GET_AGENTS-deactivated",
          "DEACTIVATE_AGENT-twice",
          "DEACTIVATE_AGENT-unknown",
          "REACTIVATE_AGENT",
          "REACTIVATE_AGENT-active");

  private static final String DRAIN = "DRAIN_AGENT";

  /** Of the agent itself, meanwhile. */
  static final String AT_AGENT = "GET_AGENT-draining";

  private static final List<String> GONE = List.of("MARK_AGENT_GONE-unknown", "MARK_AGENT_GONE");

  private static final List<String> AFTER_GONE =
      List.of("MARK_AGENT_GONE-twice", "GET_TASKS-after-gone", "DRAIN_AGENT-gone");

  private static final List<String> DRAINING =
      List.of(
          "GET_AGENTS-draining",
          "REACTIVATE_AGENT-draining",
          "DRAIN_AGENT-unknown",
          "DRAIN_AGENT-negative-grace",
          "DRAIN_AGENT-duration-object",
          "DRAIN_AGENT-twice");

  private static final List<String> DRAINED =
      List.of(
          "GET_AGENTS-drained", "REACTIVATE_AGENT-drained", "GET_AGENTS-reactivated-after-drain");

  /** The exchanges of this suite, which change what others would see. */
  static final Set<String> NAMES =
      Stream.of(DEACTIVATION, List.of(DRAIN), DRAINING, DRAINED, GONE, AFTER_GONE)
          .flatMap(List::stream)
          .collect(Collectors.toUnmodifiableSet());

  @TestFactory
  Stream<DynamicTest> exchanges() {
    if (Golden.directory().isEmpty()) {
      return Stream.empty();
    }
    var cluster = Golden.cluster();
    var scheduler =
        Scheduler.subscribe(
            cluster.masterUrl(),
            Json.of(
                "{'user':'root','name':'golden-operator-2','roles':['golden'],"
                    + "'capabilities':[{'type':'MULTI_ROLE'}]}"));
    JsonNode offer = scheduler.awaitOffer();
    scheduler.accepted(Json.of("{'type':'SUPPRESS'}"));
    scheduler.launch(offer, List.of(Scheduler.task("dr-1", "sleep 1000", offer)));
    scheduler.awaitUpdate("dr-1", "TASK_RUNNING");
    var agent = offer.at("/agent_id/value").asText();
    var replay =
        new Replay(
            cluster.masterPort(), text -> text.replaceAll("[0-9a-f-]{36}-S0", agent), "torn-1");
    var atAgent = new Replay(cluster.agentPort(0), text -> text);
    return Stream.of(
            replay.tests(all(DEACTIVATION)),
            replay.tests(all(List.of(DRAIN))),
            step(
                "the task has ended", () -> await(cluster, "/slaves/0/used_resources/cpus", "0.0")),
            atAgent.tests(List.of(Golden.of("agent-operator-api", AT_AGENT))),
            replay.tests(all(DRAINING)),
            step("its end is acknowledged", () -> scheduler.awaitUpdate("dr-1", "TASK_KILLED")),
            step("it is drained", () -> await(cluster, "/slaves/0/drain_info/state", "DRAINED")),
            replay.tests(all(DRAINED)),
            step("another task runs there", () -> launchAgain(scheduler)),
            replay.tests(all(GONE)),
            step("its framework hears of it", () -> awaitLoss(scheduler)),
            replay.tests(all(AFTER_GONE)))
        .flatMap(tests -> tests)
        .onClose(
            () -> {
              scheduler.close();
              cluster.close();
            });
  }

  private static Stream<DynamicTest> step(String what, Executable step) {
    return Stream.of(DynamicTest.dynamicTest(what, step));
  }

  /** What an agent of the list says of itself. */
  private static void await(Cluster cluster, String pointer, String text) {
    Awaitility.await(pointer + " is " + text)
        .until(() -> Json.get(cluster.masterUrl() + "/slaves").at(pointer).asText().equals(text));
  }

  private static void launchAgain(Scheduler scheduler) {
    scheduler.accepted(Json.of("{'type':'REVIVE'}"));
    var offer = scheduler.awaitOffer();
    scheduler.launch(offer, List.of(Scheduler.task("gone-1", "sleep 1000", offer)));
    scheduler.awaitUpdate("gone-1", "TASK_RUNNING");
  }

  private static void awaitLoss(Scheduler scheduler) {
    var status = scheduler.awaitUpdate("gone-1", "TASK_LOST");
    assertEquals("Agent has been marked gone", status.path("message").asText());
    scheduler.await("FAILURE", event -> true);
  }

  private static List<Golden> all(List<String> names) {
    return names.stream().map(name -> Golden.of("master-operator-api", name)).toList();
  }
}
