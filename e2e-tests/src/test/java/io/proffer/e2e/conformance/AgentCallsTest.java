package io.proffer.e2e.conformance;

import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** POST /api/v1 of the agent, and the files of sandboxes: alone, and with a task. */
@Timeout(300)
final class AgentCallsTest {
  private static final String COMMAND = "echo some output; sleep 1000";

  private static Cluster cluster;
  private static Scheduler scheduler;
  private static String agent;
  private static String container;

  @BeforeAll
  static void start() {
    if (Golden.directory().isPresent()) {
      cluster = Cluster.master("--hostname=127.0.0.1");
      cluster.addAgent(
          "cpus:4;mem:4096;disk:8192;ports:[31000-32000]",
          "--hostname=127.0.0.1",
          // As the recordings have it.
          "--launcher_dir=$LAUNCHER_DIR");
      cluster.awaitAgents(1);
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
    var replay = new Replay(cluster.agentPort(0), AgentCallsTest::ours, "nest-1", "de");
    return Stream.of(
            replay.tests(named(name -> name.endsWith("-idle"))),
            Stream.of(DynamicTest.dynamicTest("a task runs", AgentCallsTest::launch)),
            replay.tests(
                named(
                    name ->
                        !name.endsWith("-idle")
                            && !name.equals("scheduler-stream")
                            && !name.equals(AgentOrdersTest.AT_AGENT))))
        .flatMap(tests -> tests);
  }

  private static List<Golden> named(Predicate<String> wanted) {
    return Golden.all("agent-operator-api").stream()
        .filter(golden -> wanted.test(golden.name()))
        .toList();
  }

  private static void launch() {
    var info =
        Json.of(
            "{'user':'root','name':'golden-agent','roles':['golden'],"
                + "'capabilities':[{'type':'MULTI_ROLE'}]}");
    scheduler = Scheduler.subscribe(cluster.masterUrl(), info);
    var offer = scheduler.awaitOffer();
    scheduler.launch(offer, List.of(Scheduler.task("cmd-1", COMMAND, offer)));
    var status = scheduler.awaitUpdate("cmd-1", "TASK_RUNNING");
    agent = offer.at("/agent_id/value").asText();
    container = status.at("/container_status/container_id/value").asText();
  }

  private static String ours(String text) {
    if (scheduler == null) {
      return text;
    }
    return text.replaceAll("[0-9a-f-]{36}-\\d{4}", scheduler.frameworkId())
        .replaceAll("[0-9a-f-]{36}-S0", agent)
        .replace("79004a01-d33d-4cce-9315-3e8e464e51d6", container);
  }
}
