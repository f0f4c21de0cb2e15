package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.acl.Rights;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.DrainConfig;
import io.proffer.api.v1.DurationInfo;
import io.proffer.api.v1.MachineID;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TimeInfo;
import io.proffer.api.v1.Unavailability;
import io.proffer.api.v1.maintenance.Schedule;
import io.proffer.api.v1.maintenance.Window;
import io.proffer.master.core.allocator.Grant;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.MaintenanceEvent;
import io.proffer.master.core.fact.Maintenance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Machines are planned to be away, go and come back. */
class MaintenanceTest {
  private static final Unavailability HOUR =
      Unavailability.newBuilder()
          .setStart(TimeInfo.newBuilder().setNanoseconds(7))
          .setDuration(DurationInfo.newBuilder().setNanoseconds(3_600_000_000_000L))
          .build();

  private final Given given = new Given();
  private final Scheduler framework = given.framework();
  private final Host host = given.agent("cpus:2");
  private final MachineID machine =
      MachineID.newBuilder().setHostname("HOST-1").setIp("10.0.0.1").build();

  private static Schedule schedule(Unavailability unavailability, MachineID... machines) {
    return Schedule.newBuilder()
        .addWindows(
            Window.newBuilder()
                .addAllMachineIds(List.of(machines))
                .setUnavailability(unavailability))
        .build();
  }

  private Then plan(Schedule schedule) {
    return given.when(new OperatorCommand.UpdateSchedule(schedule, given.replyTo()));
  }

  private Then start(MachineID... machines) {
    return given.when(new OperatorCommand.StartMaintenance(List.of(machines), given.replyTo()));
  }

  private Then stop(MachineID... machines) {
    return given.when(new OperatorCommand.StopMaintenance(List.of(machines), given.replyTo()));
  }

  private static void assertRefused(String expected, Then then) {
    assertEquals(Rejection.invalid(expected), then.effect(Reply.Refused.class).rejection());
  }

  @Test
  void offersOfAMachineThatWillBeAwaySaySo() {
    var before = given.offer(framework.id(), host.id(), "cpus:1");

    var planned = plan(schedule(HOUR, machine));

    planned.effect(Reply.Done.class);
    assertEquals(before, planned.effect(ToFramework.Rescind.class).offer());
    given.allocator.grant(
        new Grant(
            framework.id(), "r", host.id(), Resources.parse("cpus:1", "*").withAllocation("r")));
    var offered = given.tick().effect(ToFramework.Offers.class).offers().getFirst();
    assertEquals(Optional.of(HOUR), offered.unavailability());
  }

  @Test
  void agentsOfAMachineThatGoesAreLostAndNoneComesBeforeItIsBack() {
    framework.launches(
        given.offer(framework.id(), host.id(), "cpus:1"), Infos.task("a", host.id(), "cpus:1"));
    plan(schedule(HOUR, machine));

    var gone = start(machine);

    gone.effect(Reply.Done.class);
    gone.event(AgentEvent.Removed.class);
    assertEquals(TaskState.TASK_LOST, gone.update().getState());
    assertTrue(gone.update().getMessage().endsWith("Operator initiated 'Machine DOWN'"));
    assertEquals(
        new ToAgent.Shutdown(host.session(), "Operator initiated 'Machine DOWN'"),
        gone.effect(ToAgent.Shutdown.class));
    var early = given.when(host.returning("early", List.of(), List.of()));
    assertEquals(
        new ToAgent.Shutdown("early", "Machine is `DOWN`"), early.effect(ToAgent.Shutdown.class));

    stop(machine).effect(Reply.Done.class);

    given.when(host.returning("back", List.of(), List.of())).effect(ToAgent.Registered.class);
    assertEquals(Maintenance.NONE, given.snapshot().maintenance());
  }

  @Test
  void aMasterThatStartsAgainKnowsWhatIsDown() {
    plan(schedule(HOUR, machine));
    var kept = start(machine).event(MaintenanceEvent.Changed.class).maintenance();
    var restarted = new Given();
    restarted.core.recover(List.of(), List.of(), Map.of(), restarted.moment());
    restarted.core.recoverMaintenance(kept, restarted.moment());

    restarted.when(host.returning("early", List.of(), List.of())).effect(ToAgent.Shutdown.class);
  }

  @Test
  void plansThatAreNotSoundAreRefused() {
    var other = MachineID.newBuilder().setHostname("other").setIp("10.0.0.9").build();
    assertRefused("List of machines in the maintenance window is empty", plan(schedule(HOUR)));
    assertRefused(
        "Unavailability 'duration' is negative",
        plan(
            schedule(
                HOUR.toBuilder().setDuration(DurationInfo.newBuilder().setNanoseconds(-1)).build(),
                machine)));
    assertRefused(
        "Both 'hostname' and 'ip' for a machine are empty",
        plan(schedule(HOUR, MachineID.getDefaultInstance())));
    assertRefused(
        "Machine '{\"hostname\":\"other\",\"ip\":\"10.0.0.9\"}' appears more than once in the"
            + " schedule",
        plan(schedule(HOUR, other, other)));
    assertRefused(
        "Expected an IPv4 address as 'ip' of a machine, but it is '10.0.0'",
        plan(schedule(HOUR, MachineID.newBuilder().setIp("10.0.0").build())));
    assertTrue(given.snapshot().maintenance().draining().isEmpty());
  }

  @Test
  void machinesGoAndComeInOrder() {
    var other = MachineID.newBuilder().setHostname("other").setIp("10.0.0.9").build();
    var text = "Machine '{\"hostname\":\"other\",\"ip\":\"10.0.0.9\"}'";
    assertRefused("List of machines is empty", start());
    assertRefused(text + " is not part of a maintenance schedule", start(other));
    plan(schedule(HOUR, other, machine));
    assertRefused(text + " is not in DOWN mode and cannot be brought up", stop(other));
    start(other).effect(Reply.Done.class);
    assertRefused(
        text + " is not in DRAINING mode and cannot be brought down", start(machine, other));
    assertRefused(
        text + " is deactivated and cannot be removed from the schedule",
        plan(schedule(HOUR, machine)));

    var maintenance = given.snapshot().maintenance();

    assertEquals(List.of(other), maintenance.down());
    assertEquals(List.of(machine), maintenance.draining());
  }

  @Test
  void anAgentOnAMachineThatIsPlannedIsNotDrained() {
    plan(schedule(HOUR, machine));

    assertRefused(
        "Agent "
            + host.id()
            + " is part of a maintenance schedule under Machine"
            + " '{\"hostname\":\"host-1\",\"ip\":\"10.0.0.1\"}'",
        given.when(
            new OperatorCommand.Drain(
                host.id(),
                DrainConfig.getDefaultInstance(),
                Rights.unlimited(Optional.empty()),
                given.replyTo())));
  }
}
