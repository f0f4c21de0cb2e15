package io.proffer.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Once all suites have run: each recording in scope was compared, or waits in {@code later.txt} for
 * a feature, and no line of either list is idle. What counts is what ran, not what filters say.
 */
@Order(Integer.MAX_VALUE)
@Timeout(60)
final class CoverageTest {
  /** The others are no exchanges with a service. */
  private static final List<String> SCOPE =
      List.of(
          "agent-endpoints",
          "agent-operator-api",
          "authentication",
          "executor",
          "failures",
          "http-layer",
          "master-endpoints",
          "master-operator-api",
          "mesos-execute",
          "scheduler",
          "scheduler-errors",
          "zookeeper");

  private static final Set<String> LATER = Differences.read("later.txt").keySet();

  @BeforeAll
  static void onlyAfterAll() {
    Assumptions.assumeTrue(
        Golden.directory().isPresent(), "no recorded exchanges at -Dgolden.dir: skipped");
    var some = System.getProperty("test", "");
    Assumptions.assumeTrue(
        some.isEmpty() || some.contains("conformance/*"), "only some suites ran: skipped");
  }

  @Test
  void everyRecordingIsComparedOrWaitsForAFeature() {
    var missing = new TreeSet<String>();
    for (var folder : SCOPE) {
      Golden.all(folder).forEach(golden -> missing.add(golden.id()));
    }
    missing.removeAll(Differences.compared());
    missing.removeAll(LATER);
    assertEquals("", String.join("\n", missing), "neither compared nor in later.txt");
  }

  @Test
  void whatWaitsIsRecordedAndNotComparedYet() {
    var wrong = new TreeSet<String>();
    for (var id : LATER) {
      var folder = id.substring(0, id.indexOf('/'));
      if (!SCOPE.contains(folder)
          || Differences.compared().contains(id)
          || Golden.all(folder).stream().noneMatch(golden -> golden.id().equals(id))) {
        wrong.add(id);
      }
    }
    assertEquals("", String.join("\n", wrong), "to be taken out of later.txt");
  }

  @Test
  void everyDifferenceThatIsListedWasLookedAt() {
    assertEquals("", String.join("\n", Differences.unused()), "to be taken out of differences.txt");
  }
}
