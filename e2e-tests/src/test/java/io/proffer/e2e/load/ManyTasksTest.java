package io.proffer.e2e.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Scheduler;
import java.util.ArrayList;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
final class ManyTasksTest {
  private static final int TASKS = 500;

  /** What one agent must reach on two idle cores. */
  private static final double AIM_PER_SECOND = 100;

  /** What must hold even while the machine builds something else. */
  private static final double AT_LEAST_PER_SECOND = 40;

  private static final int ROUNDS = 3;

  @Test
  void fiveHundredTasksOfOneAgentFinishQuicklyAndNoneIsLost() {
    try (var cluster = Cluster.master()) {
      cluster.addAgent("cpus:64;mem:65536");
      cluster.awaitAgents(1);
      try (var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("many"))) {
        run(scheduler, "warm", 200);
        var best = 0.0;
        for (int round = 0; round < ROUNDS && best < AIM_PER_SECOND; round++) {
          var seconds = run(scheduler, "r" + round + "-", TASKS);
          best = Math.max(best, TASKS / seconds);
          System.out.printf("%d tasks in %.2f s: %.0f a second%n", TASKS, seconds, TASKS / seconds);
        }
        assertTrue(best >= AT_LEAST_PER_SECOND, "only " + best + " tasks a second");
        scheduler.teardown();
      }
    }
  }

  /** How many tasks of 0.1 cpus fit; memory is plentiful. */
  private static int roomFor(JsonNode offer) {
    for (var resource : offer.get("resources")) {
      if (resource.path("name").asText().equals("cpus")) {
        return (int) Math.round(resource.at("/scalar/value").asDouble() * 10);
      }
    }
    return 0;
  }

  private static double run(Scheduler scheduler, String prefix, int count) {
    var start = System.nanoTime();
    var left = count;
    var finished = new HashSet<String>();
    var ended = 0;
    while (ended < count) {
      var event =
          scheduler.await(
              null,
              e ->
                  e.path("type").asText().equals("OFFERS")
                      || e.path("type").asText().equals("UPDATE"));
      if (event.path("type").asText().equals("OFFERS")) {
        for (var offer : event.at("/offers/offers")) {
          var tasks = new ArrayList<ObjectNode>();
          var room = Math.min(100, roomFor(offer));
          while (left > 0 && tasks.size() < room) {
            tasks.add(Scheduler.task(prefix + left--, "true", offer));
          }
          scheduler.launch(offer, tasks);
        }
        continue;
      }
      var status = event.at("/update/status");
      scheduler.acknowledge(status);
      if (status.path("state").asText().equals("TASK_FINISHED")
          && finished.add(status.at("/task_id/value").asText())) {
        ended++;
      } else {
        assertTrue(
            java.util.Set.of("TASK_STARTING", "TASK_RUNNING", "TASK_FINISHED")
                .contains(status.path("state").asText()),
            status.toString());
      }
    }
    assertEquals(count, finished.size());
    return (System.nanoTime() - start) / 1e9;
  }
}
