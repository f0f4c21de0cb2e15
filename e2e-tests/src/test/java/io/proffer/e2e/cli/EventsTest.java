package io.proffer.e2e.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class EventsTest {
  @TempDir Path directory;

  @Test
  void whatHappensIsPrintedAndOnceMoreWhenTheMasterIsBack() throws Exception {
    try (var cluster = Cluster.withAgent();
        var events = Tool.proffer(directory, "events", "-f", "--master=" + Tool.master(cluster))) {
      events.awaitText("SUBSCRIBED         1 agents, 0 frameworks, 0 tasks");
      try (var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("seen"))) {
        var offer = scheduler.awaitOffer();
        scheduler.launch(offer, List.of(Scheduler.task("t1", "exit 3", offer)));
        scheduler.awaitUpdate("t1", "TASK_FAILED");
        events.awaitText(
            "t1 of %s on %s: TASK_FAILED (Command exited with status 3)"
                .formatted(scheduler.frameworkId(), offer.at("/agent_id/value").asText()));
        scheduler.teardown();
      }
      events.awaitText("FRAMEWORK_REMOVED  ");
      cluster.masterProcess().kill();
      cluster.startMaster();
      events.awaitText("Some events may be missing. The events after '");
      cluster.awaitAgents(1);
      Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("later")).teardown();
      Awaitility.await().until(() -> events.out().split("FRAMEWORK_REMOVED  ", -1).length == 3);
      events.interrupt();
      events.await();
    }
  }

  @Test
  void oneGoesOnAfterTheEventThatAnotherHeardLast() throws Exception {
    try (var cluster = Cluster.withAgent()) {
      String heard;
      try (var first =
          Tool.proffer(directory, "events", "--json", "--master=" + Tool.master(cluster))) {
        first.awaitText("\n");
        heard = Json.parse(first.out().lines().findFirst().orElseThrow()).get("event_id").asText();
      }
      Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("seen")).teardown();
      try (var second =
          Tool.proffer(
              directory, "events", "--after=" + heard, "--master=" + Tool.master(cluster))) {
        second.awaitText("FRAMEWORK_REMOVED  ");
        var types = second.out().lines().map(line -> line.split(" +", -1)[1]).toList();
        assertEquals(List.of("SUBSCRIBED", "FRAMEWORK_ADDED", "FRAMEWORK_REMOVED"), types);
        assertTrue(second.out().contains("goes on where it was"), second.out());
      }
    }
  }

  @Test
  void topShowsWhatRuns() throws Exception {
    try (var cluster = Cluster.withAgent();
        var top = Tool.proffer(directory, "top", "--master=" + Tool.master(cluster));
        var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("seen"))) {
      var offer = scheduler.awaitOffer();
      scheduler.launch(offer, List.of(Scheduler.task("t1", "sleep 600", offer)));
      top.awaitText("t1    TASK_RUNNING");
      scheduler.teardown();
      top.awaitText("0 frameworks, 0 tasks; ended since: {TASK_KILLED=1}");
      top.interrupt();
      top.await();
    }
  }

  @Test
  void withoutAMasterItSaysSoAndEnds() throws Exception {
    try (var events = Tool.proffer(directory, "events", "--master=127.0.0.1:1")) {
      assertEquals(1, events.await(), events::everything);
      assertTrue(events.err().startsWith("proffer events: "), events.err());
    }
  }
}
