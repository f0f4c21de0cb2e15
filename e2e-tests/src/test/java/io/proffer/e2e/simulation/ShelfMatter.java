package io.proffer.e2e.simulation;

import io.proffer.api.v1.master.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** Maintenance of machines on which no agent is, so that nobody is disturbed. */
final class ShelfMatter implements Matter {
  private static final int SHELVES = 6;

  private final Docket<Plan> docket;
  private final SplittableRandom chance;
  private long given;
  private boolean seen;

  ShelfMatter(Docket<Plan> docket, SplittableRandom chance) {
    this.docket = docket;
    this.chance = chance;
  }

  @Override
  public void goOn() {
    if (!docket.isIdle()) {
      return;
    }
    switch (chance.nextInt(8)) {
      case 0 -> lookAtStatus(() -> {});
      case 1 -> lookAtSchedule(() -> {});
      case 2, 3 -> start(any(planned()));
      case 4, 5 -> stop(any(down()));
      default -> plan();
    }
  }

  @Override
  public void wrapUp() {
    if (docket.isIdle() && !seen) {
      lookAtStatus(() -> lookAtSchedule(() -> seen = true));
    }
  }

  @Override
  public List<String> openEnds() {
    return seen ? List.of() : List.of("no master has shown what maintenance is planned");
  }

  private void lookAtStatus(Runnable then) {
    docket.ask(
        Call.Type.GET_MAINTENANCE_STATUS,
        (response, plan) -> plan.agrees(response.getGetMaintenanceStatus().getStatus()),
        then);
  }

  private void lookAtSchedule(Runnable then) {
    docket.ask(
        Call.Type.GET_MAINTENANCE_SCHEDULE,
        (response, plan) -> plan.agrees(response.getGetMaintenanceSchedule().getSchedule()),
        then);
  }

  /** One in place of the old one; now and then it forgets machines that are down. */
  private void plan() {
    var planned = new TreeMap<String, Long>();
    given++;
    for (var shelves = chance.nextInt(SHELVES); shelves > 0; shelves--) {
      planned.put("shelf" + chance.nextInt(SHELVES), given);
    }
    if (chance.nextInt(6) > 0) {
      down().forEach(name -> planned.put(name, given));
    }
    var call = Call.newBuilder().setType(Call.Type.UPDATE_MAINTENANCE_SCHEDULE);
    call.getUpdateMaintenanceScheduleBuilder().setSchedule(Plan.schedule(planned));
    order(Ruling.of(call.build(), now -> now.with(planned)));
  }

  private void start(String name) {
    var call = Call.newBuilder().setType(Call.Type.START_MAINTENANCE);
    call.getStartMaintenanceBuilder().addMachines(Plan.machine(name));
    order(Ruling.of(call.build(), now -> now.started(name)));
  }

  private void stop(String name) {
    var call = Call.newBuilder().setType(Call.Type.STOP_MAINTENANCE);
    call.getStopMaintenanceBuilder().addMachines(Plan.machine(name));
    order(Ruling.of(call.build(), now -> now.stopped(name)));
  }

  private void order(Ruling<Plan> ruling) {
    docket.order(ruling, () -> {}, why -> {});
  }

  private Set<String> planned() {
    var names = new TreeSet<String>();
    docket.pledge().candidates().forEach(plan -> names.addAll(plan.planned().keySet()));
    return names;
  }

  private Set<String> down() {
    var names = new TreeSet<String>();
    docket.pledge().candidates().forEach(plan -> names.addAll(plan.down()));
    return names;
  }

  /** One of these; any when there are none, which masters refuse. */
  private String any(Set<String> names) {
    return names.isEmpty()
        ? "shelf" + chance.nextInt(SHELVES)
        : new ArrayList<>(names).get(chance.nextInt(names.size()));
  }
}
