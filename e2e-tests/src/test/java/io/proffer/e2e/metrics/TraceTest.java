package io.proffer.e2e.metrics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.e2e.Cluster;
import io.proffer.e2e.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code --trace_tasks}: where the time between ACCEPT and TASK_RUNNING went. */
@Timeout(120)
final class TraceTest {
  private static final String MS = " \\d+\\.\\d";

  @Test
  void everyHopOfATaskIsToldWithItsTime() {
    try (var cluster = Cluster.master("--trace_tasks")) {
      cluster.addAgent(Cluster.RESOURCES, "--trace_tasks");
      cluster.awaitAgents(1);
      var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("trace"));
      var offer = scheduler.awaitOffer();
      scheduler.launch(offer, List.of(Scheduler.task("traced", "sleep 600", offer)));
      scheduler.awaitUpdate("traced", "TASK_RUNNING");

      awaitLine(
          cluster,
          "master.log",
          "Task traced on agent \\S+ took"
              + MS
              + " ms from ACCEPT decoded: decided"
              + MS
              + ", launch sent"
              + MS
              + ", RUNNING received"
              + MS
              + ", RUNNING forwarded"
              + MS);
      awaitLine(
          cluster,
          "master.log",
          "Task traced on agent \\S+: acknowledged," + MS + " ms after RUNNING forwarded");
      awaitLine(
          cluster,
          "agent0.log",
          "Task traced of framework \\S+ took"
              + MS
              + " ms from launch received: admitted"
              + MS
              + ", launch ordered"
              + MS
              + ", container started"
              + MS
              + ", RUNNING sent"
              + MS);
      awaitLine(
          cluster,
          "agent0.log",
          "Task traced of framework \\S+: acknowledged," + MS + " ms after RUNNING sent");
      scheduler.teardown();
      scheduler.close();
    }
  }

  private static void awaitLine(Cluster cluster, String file, String line) {
    var pattern = Pattern.compile(line);
    Awaitility.await(line)
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              var log = read(cluster, file);
              assertTrue(pattern.matcher(log).find(), log);
            });
  }

  private static String read(Cluster cluster, String file) {
    try {
      return Files.readString(cluster.directory().resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
