package io.proffer.e2e.conformance;

import io.proffer.e2e.Cluster;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Maintenance of machines, in the order it was recorded; frameworks have no part in it. */
@Timeout(300)
final class MaintenanceCallsTest {
  private static final List<String> IN_ORDER =
      List.of(
          "UPDATE_MAINTENANCE_SCHEDULE",
          "GET_MAINTENANCE_SCHEDULE-after-update",
          "UPDATE_MAINTENANCE_SCHEDULE-no-machines",
          "UPDATE_MAINTENANCE_SCHEDULE-empty-machine",
          "UPDATE_MAINTENANCE_SCHEDULE-negative-duration",
          "UPDATE_MAINTENANCE_SCHEDULE-duplicate-machine",
          "START_MAINTENANCE-unscheduled",
          "START_MAINTENANCE-empty",
          "UPDATE_MAINTENANCE_SCHEDULE-two-windows",
          "START_MAINTENANCE",
          "START_MAINTENANCE-twice",
          "GET_MAINTENANCE_STATUS-down",
          "UPDATE_MAINTENANCE_SCHEDULE-drops-down-machine",
          "STOP_MAINTENANCE-not-down",
          "STOP_MAINTENANCE",
          "GET_MAINTENANCE_STATUS-after-stop",
          "UPDATE_MAINTENANCE_SCHEDULE-clear",
          "GET_MAINTENANCE_SCHEDULE-cleared");

  /** The exchanges of this suite, which change what others would see. */
  static final Set<String> NAMES = Set.copyOf(IN_ORDER);

  @TestFactory
  Stream<DynamicTest> exchanges() {
    if (Golden.directory().isEmpty()) {
      return Stream.empty();
    }
    var cluster = Cluster.master("--hostname=127.0.0.1");
    return new Replay(cluster.masterPort(), text -> text)
        .tests(IN_ORDER.stream().map(name -> Golden.of("master-operator-api", name)).toList())
        .onClose(cluster::close);
  }
}
