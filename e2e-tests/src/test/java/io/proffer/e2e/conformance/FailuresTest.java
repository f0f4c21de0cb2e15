package io.proffer.e2e.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.EventStream;
import io.proffer.e2e.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * An agent that stops, comes back, is killed, started again and at last unregisters: what two
 * frameworks and an operator hear of it, and what is read meanwhile, as it was recorded.
 */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class FailuresTest {
  /** One of each framework. */
  private static final int TASKS = 2;

  private static Cluster cluster;

  @BeforeAll
  static void start() {
    Assumptions.assumeTrue(
        Golden.directory().isPresent(), "no recorded exchanges at -Dgolden.dir: skipped");
    cluster =
        Cluster.master(
            "--hostname=127.0.0.1",
            "--offer_timeout=3secs",
            "--agent_ping_timeout=1secs",
            "--max_agent_ping_timeouts=2");
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static void addAgent() {
    cluster.addAgent("ports:[31000-32000];cpus:2;mem:1024;disk:1024", "--hostname=127.0.0.1");
  }

  @Test
  @Order(1)
  void anAgentThatIsUnreachableAndComesBack() throws IOException {
    try (var operator = EventStream.ofOperator(cluster.masterUrl());
        var aware = Story.begin(cluster, golden("SUBSCRIBE-stream-RESCIND-after-offer-timeout"))) {
      addAgent();
      aware.awaitOffer();
      aware.scheduler().await("RESCIND", event -> true);
      aware.began(golden("SUBSCRIBE-stream-RESCIND-after-offer-timeout"));
      aware.launchOnly("un-1", "sleep 1000");
      aware.scheduler().awaitUpdate("un-1", "TASK_RUNNING");
      try (var unaware =
          Story.begin(
              cluster, golden("SUBSCRIBE-stream-not-PARTITION_AWARE-agent-unreachable-and-back"))) {
        unaware.launchOnly("un-0", "sleep 1000");
        unaware.scheduler().awaitUpdate("un-0", "TASK_RUNNING");
        cluster.agentProcess(0).signal("STOP");
        aware.scheduler().await("FAILURE", event -> true);
        unaware.scheduler().await("FAILURE", event -> true);
        reads();
        reconcile(aware);
        aware.scheduler().awaitUpdate("un-1", "TASK_UNREACHABLE");
        cluster.agentProcess(0).signal("CONT");
        aware.scheduler().awaitUpdate("un-1", "TASK_RUNNING");
        unaware.heard(golden("SUBSCRIBE-stream-not-PARTITION_AWARE-agent-unreachable-and-back"));
        aware.heard(golden("SUBSCRIBE-stream-PARTITION_AWARE-agent-unreachable-and-back"));
        killed(aware);
        unaware.scheduler().teardown();
      }
      operator.await("FRAMEWORK_REMOVED", event -> true);
      aware.scheduler().teardown();
      operator.await("FRAMEWORK_REMOVED", event -> true);
      toldInParts(operator, golden("operator-event-stream-agent-unreachable-and-back"));
    }
  }

  /** What was said here was not recorded; the answer was. */
  private static void reconcile(Story story) {
    var call = "{'type':'RECONCILE','reconcile':{'tasks':[{'task_id':{'value':'un-1'}}]}}";
    var task = Json.of(call);
    ((ObjectNode) task.at("/reconcile/tasks/0")).putObject("agent_id").put("value", story.agent());
    story.scheduler().accepted(task);
  }

  private static void reads() throws IOException {
    var replay = new Replay(cluster.masterPort(), text -> text);
    for (var name :
        List.of(
            "GET_AGENTS-with-unreachable-agent",
            "GET_FRAMEWORKS-with-unreachable-agent",
            "GET_TASKS-with-unreachable-agent",
            "GET_slaves-with-unreachable-agent",
            "GET_state-with-unreachable-agent")) {
      Differences.check(golden(name), () -> replay.check(golden(name)));
    }
  }

  private static void killed(Story aware) throws IOException {
    cluster.agentProcess(0).kill();
    cluster.startAgent(0).awaitHealthy(cluster.agentPort(0));
    cluster.awaitAgents(1);
    Awaitility.await("its tasks are back")
        .until(() -> Json.get(agentUrl() + "/state").path("frameworks").size() > 0);
    aware.heard(golden("SUBSCRIBE-stream-across-agent-restart"));
    var state = golden("agent-GET_state-after-agent-restart");
    var replay = new Replay(cluster.agentPort(0), text -> text);
    Differences.check(state, () -> replay.check(state));
  }

  private static String agentUrl() {
    return "http://127.0.0.1:" + cluster.agentPort(0);
  }

  @Test
  @Order(2)
  void anAgentThatUnregisters() throws IOException {
    try (var operator = EventStream.ofOperator(cluster.masterUrl());
        var story = Story.begin(cluster, golden("SUBSCRIBE-stream-agent-SIGUSR1"))) {
      story.launchOnly("usr1-1", "sleep 1000");
      story.scheduler().awaitUpdate("usr1-1", "TASK_RUNNING");
      cluster.agentProcess(0).signal("USR1");
      story.heard(golden("SUBSCRIBE-stream-agent-SIGUSR1"));
      told(operator, "operator-event-stream-agent-SIGUSR1");
      story.scheduler().teardown();
    }
  }

  private static void told(EventStream operator, String name) throws IOException {
    Differences.check(golden(name), () -> Heard.told(golden(name), operator));
  }

  /** In three, for what is different when the agent is back, and once it was killed. */
  private static void toldInParts(EventStream operator, Golden golden) throws IOException {
    var recorded = inOrder(Heard.recorded(golden));
    var seen = inOrder(operator.seen(any -> true, 0));
    var back = 0;
    for (var i = 0; i < recorded.size(); i++) {
      back = recorded.get(i).path("type").asText().equals("AGENT_ADDED") ? i + 1 : back;
    }
    var until = back;
    var from = until - TASKS - 1;
    Differences.check(
        golden,
        "until it is unreachable",
        () -> Heard.same(recorded.subList(0, from), seen.subList(0, from)));
    Differences.check(
        golden,
        "when it is back",
        () -> Heard.same(recorded.subList(from, until), seen.subList(from, until)));
    Differences.check(
        golden,
        "once it was killed",
        () ->
            Heard.same(recorded.subList(until, recorded.size()), seen.subList(until, seen.size())));
  }

  /** The same thing happens to tasks in the order of a hash table: here, of their ids. */
  private static List<JsonNode> inOrder(List<JsonNode> events) {
    var ordered = new ArrayList<JsonNode>();
    for (var event : events) {
      if (!Heard.isHeartbeat(event)) {
        var at = ordered.size();
        while (at > 0 && isAfter(ordered.get(at - 1), event)) {
          at--;
        }
        ordered.add(at, event);
      }
    }
    return ordered;
  }

  private static boolean isAfter(JsonNode one, JsonNode other) {
    return one.path("type").equals(other.path("type"))
        && one.path("type").asText().startsWith("TASK_")
        && task(one).compareTo(task(other)) > 0;
  }

  private static String task(JsonNode event) {
    return event.findPath("task_id").path("value").asText();
  }

  private static Golden golden(String name) {
    return Golden.of("failures", name);
  }
}
