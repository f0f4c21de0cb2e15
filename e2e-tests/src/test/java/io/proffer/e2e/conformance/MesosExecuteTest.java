package io.proffer.e2e.conformance;

import io.proffer.e2e.Cluster;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * The traffic of mesos-execute, a client that we did not write: its calls in their order, each once
 * the event has come that it answers, and every event must be the recorded one.
 */
@Timeout(120)
final class MesosExecuteTest {
  private static Cluster cluster;

  @BeforeAll
  static void start() {
    if (Golden.directory().isPresent()) {
      cluster = Golden.cluster();
    }
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> runs() {
    return Golden.all("mesos-execute").stream()
        // Task groups wait for pods.
        .filter(golden -> !golden.name().endsWith("-task-group"))
        .map(
            golden ->
                DynamicTest.dynamicTest(
                    golden.id(), () -> Differences.check(golden, () -> run(golden))));
  }

  private static void run(Golden golden) throws IOException {
    try (var run = new RecordedRun(golden, cluster.masterPort())) {
      run.play();
    }
  }
}
