package io.proffer.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole recorded streams: the calls in their order, and every UPDATE must come as recorded. */
@Timeout(120)
final class StreamsTest {
  private static final String INFO =
      "{'user':'root','name':'golden','roles':['golden'],'capabilities':[{'type':'MULTI_ROLE'}]}";
  private static Cluster cluster;

  @BeforeAll
  static void start() {
    Assumptions.assumeTrue(
        Golden.directory().isPresent(), "no recorded exchanges at -Dgolden.dir: skipped");
    cluster = Cluster.master("--hostname=127.0.0.1");
    cluster.addAgent("ports:[31000-32000];cpus:4;mem:4096;disk:8192", "--hostname=127.0.0.1");
    cluster.awaitAgents(1);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void theLivesOfCommandTasks() {
    var golden = Golden.of("scheduler", "SUBSCRIBE-stream-command-task-lifecycle");
    try (var scheduler = Scheduler.subscribe(cluster.masterUrl(), Json.of(INFO))) {
      run(scheduler, "life-1", "true", null);
      run(scheduler, "life-2-fails", "exit 3", null);
      run(scheduler, "life-3-killed", "sleep 60", kill("life-3-killed"));
      run(scheduler, "life-4-killpolicy", "sleep 60", kill("life-4-killpolicy"));
      run(scheduler, "life-5-signal", "kill -9 $$", null);
      run(scheduler, "life-6-max-completion", "sleep 60", null);
      assertEquals(
          text(SubscribeTest.updates(golden.response().get("recordio_events"))),
          text(SubscribeTest.updates(scheduler.seen())));
      scheduler.teardown();
    }
  }

  @Test
  void reconciliationAndKillsOfTheUnknown() {
    var golden = Golden.of("scheduler", "SUBSCRIBE-stream-RECONCILE-KILL-unknown");
    try (var scheduler = Scheduler.subscribe(cluster.masterUrl(), Json.of(INFO))) {
      var offer = scheduler.awaitOffer();
      scheduler.launch(offer, List.of(Scheduler.task("rec-1", "sleep 60", offer)));
      scheduler.awaitUpdate("rec-1", "TASK_RUNNING");
      for (var name :
          List.of(
              "RECONCILE-known-task",
              "RECONCILE-unknown-task-no-agent",
              "RECONCILE-unknown-task-known-agent",
              "RECONCILE-unknown-task-unknown-agent",
              "RECONCILE-implicit",
              "KILL-unknown-task",
              "KILL-unknown-task-unknown-agent",
              "KILL-unknown-task-known-agent",
              "RECONCILE_OPERATIONS-implicit",
              "RECONCILE_OPERATIONS-unknown-no-agent",
              "RECONCILE_OPERATIONS-unknown-known-agent",
              "RECONCILE_OPERATIONS-unknown-agent")) {
        var body =
            Golden.of("scheduler", name)
                .document()
                .at("/request/body")
                .asText()
                .replaceAll("[0-9a-f-]{36}-\\d{4}", scheduler.frameworkId())
                .replaceAll("[0-9a-f-]{36}-S\\d+", offer.at("/agent_id/value").asText());
        scheduler.accepted((ObjectNode) Json.parse(body));
      }
      scheduler.accepted(kill("rec-1"));
      scheduler.awaitUpdate("rec-1", "TASK_KILLED");
      assertEquals(
          text(SubscribeTest.updates(golden.response().get("recordio_events"))),
          text(SubscribeTest.updates(scheduler.seen())));
      scheduler.teardown();
    }
  }

  @Test
  void declineReviveAndSuppressKeepTheirTimes() {
    var info = Json.of(INFO);
    try (var scheduler = Scheduler.subscribe(cluster.masterUrl(), info)) {
      var first = scheduler.awaitOffer();
      var declined = System.nanoTime();
      var call = Json.of("{'type':'DECLINE','decline':{'offer_ids':[]}}");
      call.withArray("/decline/offer_ids").add(first.get("id"));
      scheduler.accepted(call);
      scheduler.awaitOffer();
      var seconds = Duration.ofNanos(System.nanoTime() - declined).toMillis() / 1000.0;
      assertEquals(5.5, seconds, 0.8, "default filters hold 5 s, then the next run offers");
      scheduler.teardown();
    }
  }

  private static void run(Scheduler scheduler, String id, String command, ObjectNode then) {
    var offer = scheduler.awaitOffer();
    var task = Scheduler.task(id, command, offer);
    if (id.equals("life-6-max-completion")) {
      task.set("max_completion_time", Json.of("{'nanoseconds':1000000000}"));
    }
    scheduler.launch(offer, List.of(task));
    for (var state : new ArrayList<>(List.of("TASK_STARTING", "TASK_RUNNING"))) {
      scheduler.awaitUpdate(id, state);
    }
    if (then != null) {
      scheduler.accepted(then);
    }
    JsonNode status;
    do {
      status =
          scheduler
              .await("UPDATE", e -> e.at("/update/status/task_id/value").asText().equals(id))
              .at("/update/status");
      scheduler.acknowledge(status);
    } while (status.path("state").asText().equals("TASK_RUNNING"));
  }

  private static ObjectNode kill(String task) {
    return Json.of("{'type':'KILL','kill':{'task_id':{'value':'" + task + "'}}}");
  }

  private static String text(List<JsonNode> nodes) {
    var text = new StringBuilder();
    nodes.forEach(n -> text.append(n.toPrettyString()).append('\n'));
    return text.toString();
  }
}
