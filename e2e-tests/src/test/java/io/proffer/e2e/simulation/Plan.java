package io.proffer.e2e.simulation;

import io.proffer.api.v1.MachineID;
import io.proffer.api.v1.maintenance.ClusterStatus;
import io.proffer.api.v1.maintenance.Schedule;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What an operator has in mind of maintenance.
 *
 * @param planned when a machine is to go out of service, in nanoseconds
 * @param down machines that are out of service
 */
record Plan(SortedMap<String, Long> planned, SortedSet<String> down) {
  static final Plan NONE = new Plan(new TreeMap<>(), new TreeSet<>());

  /** As a master words it. */
  static Plan of(Schedule schedule, List<MachineID> down) {
    return new Plan(planned(schedule), names(down));
  }

  /** For each machine a window of its own. */
  static Schedule schedule(SortedMap<String, Long> planned) {
    var schedule = Schedule.newBuilder();
    planned.forEach(
        (name, start) -> {
          var window = schedule.addWindowsBuilder().addMachineIds(machine(name));
          window.getUnavailabilityBuilder().getStartBuilder().setNanoseconds(start);
        });
    return schedule.build();
  }

  static MachineID machine(String name) {
    return MachineID.newBuilder().setHostname(name).build();
  }

  /** With others planned; no machine that is down may be left out. */
  Optional<Plan> with(SortedMap<String, Long> others) {
    return others.keySet().containsAll(down)
        ? Optional.of(new Plan(others, down))
        : Optional.empty();
  }

  Optional<Plan> started(String name) {
    if (!planned.containsKey(name) || down.contains(name)) {
      return Optional.empty();
    }
    var more = new TreeSet<>(down);
    more.add(name);
    return Optional.of(new Plan(planned, more));
  }

  Optional<Plan> stopped(String name) {
    if (!down.contains(name)) {
      return Optional.empty();
    }
    var rest = new TreeMap<>(planned);
    rest.remove(name);
    var fewer = new TreeSet<>(down);
    fewer.remove(name);
    return Optional.of(new Plan(rest, fewer));
  }

  boolean agrees(Schedule shown) {
    return planned.equals(planned(shown));
  }

  boolean agrees(ClusterStatus shown) {
    var draining = new TreeSet<>(planned.keySet());
    draining.removeAll(down);
    var machines =
        shown.getDrainingMachinesList().stream().map(ClusterStatus.DrainingMachine::getId).toList();
    return names(shown.getDownMachinesList()).equals(down) && names(machines).equals(draining);
  }

  private static SortedMap<String, Long> planned(Schedule schedule) {
    var planned = new TreeMap<String, Long>();
    for (var window : schedule.getWindowsList()) {
      var start = window.getUnavailability().getStart().getNanoseconds();
      window.getMachineIdsList().forEach(machine -> planned.put(machine.getHostname(), start));
    }
    return planned;
  }

  private static SortedSet<String> names(List<MachineID> machines) {
    return machines.stream()
        .map(MachineID::getHostname)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
