package io.proffer.master.core.fact;

import io.proffer.api.v1.MachineID;
import io.proffer.api.v1.Unavailability;
import io.proffer.api.v1.maintenance.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which machines are planned to be out of service, and which are now. A machine is an agent's when
 * both its host name, in whatever case, and its address are the agent's.
 */
public final class Maintenance {
  /** Nothing is planned. */
  public static final Maintenance NONE = new Maintenance(Schedule.getDefaultInstance(), List.of());

  private final Schedule schedule;
  private final List<MachineID> down;
  private final SortedMap<String, Unavailability> planned = new TreeMap<>();
  private final SortedMap<String, MachineID> downByKey = new TreeMap<>();
  private final List<MachineID> draining;

  /**
   * @param schedule each machine in one window
   * @param down those of them that are out of service now
   */
  public Maintenance(Schedule schedule, List<MachineID> down) {
    this.schedule = schedule;
    this.down = List.copyOf(down);
    for (var window : schedule.getWindowsList()) {
      for (var machine : window.getMachineIdsList()) {
        planned.put(key(machine), window.getUnavailability());
      }
    }
    this.down.forEach(machine -> downByKey.put(key(machine), machine));
    this.draining = findDraining();
  }

  /** What tells machines apart. */
  public static String key(MachineID machine) {
    return key(machine.getHostname(), machine.getIp());
  }

  /** The same of the machine of an agent. */
  public static String key(String hostname, String ip) {
    return hostname.toLowerCase(Locale.ROOT) + " " + ip;
  }

  public Schedule schedule() {
    return schedule;
  }

  /** Out of service now. */
  public List<MachineID> down() {
    return down;
  }

  /** Whether anything is planned for the machine. */
  public boolean isPlanned(MachineID machine) {
    return planned.containsKey(key(machine));
  }

  public boolean isDown(MachineID machine) {
    return downByKey.containsKey(key(machine));
  }

  /** Whether the machine of an agent is out of service. */
  public boolean isDown(String hostname, String ip) {
    return downByKey.containsKey(key(hostname, ip));
  }

  /** When the machine of an agent is planned to be out of service. */
  public Optional<Unavailability> of(Agent agent) {
    return planned.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(planned.get(key(agent.info().getHostname(), agent.ip())));
  }

  /** Planned, and still in service; in the order of the schedule. */
  public List<MachineID> draining() {
    return draining;
  }

  private List<MachineID> findDraining() {
    var all = new ArrayList<MachineID>();
    for (var window : schedule.getWindowsList()) {
      for (var machine : window.getMachineIdsList()) {
        if (!isDown(machine)) {
          all.add(machine);
        }
      }
    }
    return List.copyOf(all);
  }

  /** With these machines out of service too. */
  public Maintenance down(List<MachineID> machines) {
    var all = new ArrayList<>(down);
    all.addAll(machines);
    return new Maintenance(schedule, all);
  }

  /** Without these machines: they are in service, and nothing is planned for them. */
  public Maintenance without(List<MachineID> machines) {
    var keys = machines.stream().map(Maintenance::key).toList();
    var rest = Schedule.newBuilder();
    for (var window : schedule.getWindowsList()) {
      var kept =
          window.getMachineIdsList().stream()
              .filter(machine -> !keys.contains(key(machine)))
              .toList();
      if (!kept.isEmpty()) {
        rest.addWindows(window.toBuilder().clearMachineIds().addAllMachineIds(kept));
      }
    }
    return new Maintenance(
        rest.build(), down.stream().filter(machine -> !keys.contains(key(machine))).toList());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Maintenance that
        && schedule.equals(that.schedule)
        && down.equals(that.down);
  }

  @Override
  public int hashCode() {
    return 31 * schedule.hashCode() + down.hashCode();
  }

  @Override
  public String toString() {
    return "Maintenance[%d windows, %d machines down]"
        .formatted(schedule.getWindowsCount(), down.size());
  }
}
