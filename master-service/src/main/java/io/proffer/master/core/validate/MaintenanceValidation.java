package io.proffer.master.core.validate;

import io.proffer.api.v1.MachineID;
import io.proffer.api.v1.maintenance.Schedule;
import io.proffer.api.v1.maintenance.Window;
import io.proffer.master.core.fact.Maintenance;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether plans of maintenance are sound (operator-api, section 3.9). */
public final class MaintenanceValidation {
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");

  private MaintenanceValidation() {}

  /** Whether this may take the place of what is planned now. */
  public static Optional<String> checkSchedule(Schedule schedule, Maintenance now) {
    var seen = new LinkedHashSet<String>();
    for (var window : schedule.getWindowsList()) {
      var violation = checkWindow(window, seen);
      if (violation.isPresent()) {
        return violation;
      }
    }
    for (var machine : now.down()) {
      if (!seen.contains(Maintenance.key(machine))) {
        return Optional.of(
            text(machine) + " is deactivated and cannot be removed from the schedule");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> checkWindow(Window window, Set<String> seen) {
    if (window.getMachineIdsCount() == 0) {
      return Optional.of("List of machines in the maintenance window is empty");
    }
    if (window.getUnavailability().getDuration().getNanoseconds() < 0) {
      return Optional.of("Unavailability 'duration' is negative");
    }
    for (var machine : window.getMachineIdsList()) {
      var violation = checkMachine(machine);
      if (violation.isPresent()) {
        return violation;
      }
      if (!seen.add(Maintenance.key(machine))) {
        return Optional.of(text(machine) + " appears more than once in the schedule");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> checkMachine(MachineID machine) {
    if (machine.getHostname().isEmpty() && machine.getIp().isEmpty()) {
      return Optional.of("Both 'hostname' and 'ip' for a machine are empty");
    }
    return machine.getIp().isEmpty() || IPV4.matcher(machine.getIp()).matches()
        ? Optional.empty()
        : Optional.of(
            "Expected an IPv4 address as 'ip' of a machine, but it is '" + machine.getIp() + "'");
  }

  /** Whether these machines may go out of service. */
  public static Optional<String> checkStart(List<MachineID> machines, Maintenance now) {
    for (var machine : machines) {
      if (!now.isPlanned(machine)) {
        return Optional.of(text(machine) + " is not part of a maintenance schedule");
      }
      if (now.isDown(machine)) {
        return Optional.of(text(machine) + " is not in DRAINING mode and cannot be brought down");
      }
    }
    return checkList(machines);
  }

  /**
   * Whether these machines may come back into service. One that is back already is told what one is
   * told that never went: of those nothing is planned the reference tells apart which it knew.
   */
  public static Optional<String> checkStop(List<MachineID> machines, Maintenance now) {
    for (var machine : machines) {
      if (!now.isDown(machine)) {
        return Optional.of(text(machine) + " is not in DOWN mode and cannot be brought up");
      }
    }
    return checkList(machines);
  }

  private static Optional<String> checkList(List<MachineID> machines) {
    return machines.isEmpty() ? Optional.of("List of machines is empty") : Optional.empty();
  }

  /** {@code Machine '{...}'}, in the words of JSON. */
  public static String text(MachineID machine) {
    var parts = new ArrayList<String>();
    if (machine.hasHostname()) {
      parts.add("\"hostname\":" + quoted(machine.getHostname()));
    }
    if (machine.hasIp()) {
      parts.add("\"ip\":" + quoted(machine.getIp()));
    }
    return "Machine '{" + String.join(",", parts) + "}'";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
