package io.proffer.master.words;

import io.proffer.api.v1.maintenance.ClusterStatus;
import io.proffer.master.core.fact.Maintenance;

/** How far maintenance has come, as operators see it. */
public final class MaintenanceWords {
  private MaintenanceWords() {}

  /** Machines that wait for it, and those that are out of service. */
  public static ClusterStatus status(Maintenance maintenance) {
    var words = ClusterStatus.newBuilder().addAllDownMachines(maintenance.down());
    for (var machine : maintenance.draining()) {
      words.addDrainingMachines(ClusterStatus.DrainingMachine.newBuilder().setId(machine));
    }
    return words.build();
  }
}
