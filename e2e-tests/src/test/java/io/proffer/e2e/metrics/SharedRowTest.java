package io.proffer.e2e.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where there are more frameworks than rows, nothing of them is missing in a sum. */
@Timeout(120)
final class SharedRowTest {
  @Test
  void whoHasNoRowOfItsOwnIsInTheSharedOne() {
    try (var cluster = Cluster.withAgent("--max_metrics_rows=1")) {
      var first = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("first"));
      run(first);
      var second = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("second"));
      run(second);
      var third = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("third"));

      var scrape = new Scrape();
      scrape.add(cluster.masterUrl());
      var shared = "framework=\"\",framework_id=\"\"";
      assertEquals(2.0, scrape.value("proffer_master_framework_subscribed{" + shared + "}"));
      assertEquals(
          1.0, scrape.value("proffer_master_framework_tasks{" + shared + ",state=\"running\"}"));
      for (var scheduler : List.of(first, second, third)) {
        scheduler.teardown();
        scheduler.close();
      }
    }
  }

  private static void run(Scheduler scheduler) {
    var offer = scheduler.awaitOffer();
    // What it leaves is for the next one.
    scheduler.accepted(Json.of("{'type':'SUPPRESS'}"));
    scheduler.launch(offer, List.of(Scheduler.task("runs", "sleep 600", offer)));
    scheduler.awaitUpdate("runs", "TASK_RUNNING");
  }
}
