package io.proffer.e2e.conformance;

import io.proffer.e2e.Cluster;
import io.proffer.e2e.EventStream;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.io.IOException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The recorded streams of operators: the same is done, and the same must be told. */
@Timeout(120)
final class OperatorStreamTest {
  private static final String FOLDER = "master-operator-api";
  private static final String ALL = "cpus:4;mem:4096;disk:8192;ports:[31000-32000]";

  private Cluster cluster;

  @BeforeEach
  void start() {
    Assumptions.assumeTrue(
        Golden.directory().isPresent(), "no recorded exchanges at -Dgolden.dir: skipped");
    cluster = Cluster.master("--hostname=127.0.0.1");
    cluster.addAgent(ALL, "--hostname=127.0.0.1");
    cluster.awaitAgents(1);
  }

  @AfterEach
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void whatAFrameworkAndItsTaskDoIsTold() throws IOException {
    var framework = golden("scheduler-SUBSCRIBE-stream-during-operator-calls");
    try (var operator = EventStream.ofOperator(cluster.masterUrl());
        var story = Story.begin(cluster, framework)) {
      var task = Scheduler.task("op-1", "sleep 600", story.awaitOffer());
      task.set("labels", Json.of("{'labels':[{'key':'x','value':'y'}]}"));
      story.launch(task);
      story.scheduler().awaitUpdate("op-1", "TASK_RUNNING");
      var torn = golden("scheduler-stream-after-operator-TEARDOWN");
      try (var other = Story.begin(cluster, torn)) {
        story.operator(golden("DRAIN_AGENT"));
        story.scheduler().awaitUpdate("op-1", "TASK_KILLED");
        story.scheduler().teardown();
        told(operator, "SUBSCRIBE-event-stream");
        other.scheduler().teardown();
      }
    }
  }

  @Test
  void whatAnOperatorOrdersIsToldToAll() throws IOException {
    var framework = golden("scheduler-SUBSCRIBE-stream-during-drain-and-gone");
    try (var operator = EventStream.ofOperator(cluster.masterUrl());
        var story = Story.begin(cluster, framework)) {
      story.awaitOffer();
      story.call("DECLINE-default-filters");
      story.call("SUPPRESS-no-body");
      tornDown();
      story.call("REVIVE-all-roles-no-body");
      story.launch("dr-1", "sleep 1000");
      story.scheduler().awaitUpdate("dr-1", "TASK_RUNNING");
      story.operator(golden("DRAIN_AGENT"));
      story.scheduler().awaitUpdate("dr-1", "TASK_KILLED");
      Awaitility.await("it is drained")
          .until(
              () ->
                  Json.get(cluster.masterUrl() + "/slaves")
                      .at("/slaves/0/drain_info/state")
                      .asText()
                      .equals("DRAINED"));
      story.operator(golden("REACTIVATE_AGENT-drained"));
      story.launch("gone-1", "sleep 1000");
      story.scheduler().awaitUpdate("gone-1", "TASK_RUNNING");
      story.operator(golden("MARK_AGENT_GONE"));
      story.heard(framework);
      story.scheduler().teardown();
      told(operator, "SUBSCRIBE-event-stream-drain-and-gone");
    }
  }

  private void tornDown() throws IOException {
    var recorded = golden("scheduler-stream-after-operator-TEARDOWN");
    try (var torn = Story.begin(cluster, recorded)) {
      torn.launch("torn-1", "sleep 1000");
      torn.scheduler().awaitUpdate("torn-1", "TASK_RUNNING");
      torn.operator(golden("TEARDOWN"));
      torn.heard(recorded);
      Awaitility.await("its stream has ended").until(torn.scheduler()::ended);
    }
  }

  private static void told(EventStream operator, String name) throws IOException {
    Differences.check(golden(name), () -> Heard.told(golden(name), operator));
  }

  private static Golden golden(String name) {
    return Golden.of(FOLDER, name);
  }
}
