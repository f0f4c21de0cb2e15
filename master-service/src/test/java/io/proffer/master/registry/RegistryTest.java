package io.proffer.master.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.internal.RegisteredAgent;
import io.proffer.api.resource.Quantities;
import io.proffer.api.resource.Resources;
import io.proffer.api.resource.Roles;
import io.proffer.api.v1.AgentID;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.DrainConfig;
import io.proffer.api.v1.FrameworkID;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.MachineID;
import io.proffer.api.v1.TimeInfo;
import io.proffer.api.v1.Unavailability;
import io.proffer.api.v1.maintenance.Schedule;
import io.proffer.api.v1.maintenance.Window;
import io.proffer.api.v1.scheduler.OfferConstraints;
import io.proffer.kernel.InMemoryJournal;
import io.proffer.kernel.Journal;
import io.proffer.kernel.StoreException;
import io.proffer.kernel.Write;
import io.proffer.kernel.sqlite.SqliteJournal;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.MaintenanceEvent;
import io.proffer.master.core.event.RoleEvent;
import io.proffer.master.core.fact.Capabilities;
import io.proffer.master.core.fact.Drain;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.FrameworkLink;
import io.proffer.master.core.fact.Maintenance;
import io.proffer.master.core.fact.Orders;
import io.proffer.master.core.fact.Quota;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is stored comes back, through either journal. */
@Timeout(30)
class RegistryTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00.123456789Z");

  @TempDir private Path directory;

  @Test
  void admittedAgentsComeBack() {
    var agent = agent("S1");

    assertEquals(List.of(agent), after(new AgentEvent.Admitted(agent)).agents());
  }

  @Test
  void anAgentIsAdmittedOrUnreachableNeverBoth() {
    var lost =
        after(
            new AgentEvent.Admitted(agent("S1")),
            new AgentEvent.MarkedUnreachable(new AgentId("S1"), AT));
    var found =
        after(
            new AgentEvent.MarkedUnreachable(new AgentId("S1"), AT),
            new AgentEvent.MarkedReachable(agent("S1")));

    assertEquals(List.of(), lost.agents());
    assertEquals(List.of(new Recovered.Unreachable(new AgentId("S1"), AT)), lost.unreachable());
    assertEquals(List.of(agent("S1")), found.agents());
    assertEquals(List.of(), found.unreachable());
  }

  @Test
  void removedAgentsAreForgotten() {
    var recovered =
        after(
            new AgentEvent.Admitted(agent("S1")),
            new AgentEvent.MarkedUnreachable(new AgentId("S2"), AT),
            new AgentEvent.Removed(new AgentId("S1")),
            new AgentEvent.Removed(new AgentId("S2")));

    assertEquals(List.of(), recovered.agents());
    assertEquals(List.of(), recovered.unreachable());
  }

  @Test
  void whatWasOrderedOfAgentsComesBackUntilItIsTakenBackOrTheyAreRemoved() {
    var drain = new Drain(DrainConfig.newBuilder().setMarkGone(true).build(), AT, false);
    var recovered =
        after(
            new AgentEvent.OrdersChanged(new AgentId("S1"), Orders.DEACTIVATED),
            new AgentEvent.OrdersChanged(new AgentId("S2"), Orders.draining(drain)),
            new AgentEvent.OrdersChanged(new AgentId("S3"), Orders.draining(drain.completed())),
            new AgentEvent.MarkedUnreachable(new AgentId("S3"), AT),
            new AgentEvent.OrdersChanged(new AgentId("S4"), Orders.DEACTIVATED),
            new AgentEvent.OrdersChanged(new AgentId("S4"), Orders.NONE),
            new AgentEvent.OrdersChanged(new AgentId("S5"), Orders.DEACTIVATED),
            new AgentEvent.Removed(new AgentId("S5")));

    assertEquals(
        Map.of(
            new AgentId("S1"),
            Orders.DEACTIVATED,
            new AgentId("S2"),
            Orders.draining(drain),
            new AgentId("S3"),
            Orders.draining(drain.completed())),
        recovered.orders());
  }

  @Test
  void ofAnAgentThatIsGoneOnlyThatIsKept() {
    var recovered =
        after(
            new AgentEvent.Admitted(agent("S1")),
            new AgentEvent.OrdersChanged(new AgentId("S1"), Orders.DEACTIVATED),
            new AgentEvent.MarkedGone(new AgentId("S1"), AT));

    assertEquals(Map.of(new AgentId("S1"), AT), recovered.gone());
    assertEquals(List.of(), recovered.agents());
    assertEquals(Map.of(), recovered.orders());
  }

  @Test
  void whatIsPlannedForMachinesComesBack() {
    var machine = MachineID.newBuilder().setHostname("h").setIp("10.0.0.1").build();
    var window =
        Window.newBuilder()
            .addMachineIds(machine)
            .setUnavailability(
                Unavailability.newBuilder().setStart(TimeInfo.newBuilder().setNanoseconds(7)));
    var planned =
        new Maintenance(Schedule.newBuilder().addWindows(window).build(), List.of(machine));

    assertEquals(planned, after(new MaintenanceEvent.Changed(planned)).maintenance());
    assertEquals(
        Maintenance.NONE,
        after(
                new MaintenanceEvent.Changed(planned),
                new MaintenanceEvent.Changed(planned.without(List.of(machine))))
            .maintenance());
  }

  @Test
  void frameworksComeBackAsRecovered() {
    var framework = framework("F1", new FrameworkLink.Connected("stream"));

    assertEquals(
        List.of(framework("F1", new FrameworkLink.Recovered())),
        after(new FrameworkEvent.Added(framework)).frameworks());
  }

  @Test
  void removedFrameworksAreForgotten() {
    var recovered =
        after(
            new FrameworkEvent.Added(framework("F1", new FrameworkLink.Recovered())),
            new FrameworkEvent.Updated(framework("F1", new FrameworkLink.Recovered())),
            new FrameworkEvent.Removed(
                new FrameworkId("F1"), FrameworkInfo.getDefaultInstance(), AT));

    assertEquals(List.of(), recovered.frameworks());
  }

  @Test
  void weightsComeBackTheLatestOfEachRole() {
    var recovered =
        after(
            new RoleEvent.WeightsSet(new TreeMap<>(Map.of("a/b", 0.1, "c", 3.0))),
            new RoleEvent.WeightsSet(new TreeMap<>(Map.of("c", 1e-9))));

    assertEquals(Map.of("a/b", 0.1, "c", 1e-9), recovered.roles().weights());
  }

  @Test
  void quotasComeBackZeroLimitsIncluded() {
    var guaranteed =
        new Quota("r", Quantities.parse("cpus:1.5;mem:64"), new TreeMap<>(Map.of("gpus", 0L)));
    var unlimited = Quota.none("s");

    var recovered =
        after(
            new RoleEvent.QuotasSet(
                List.of(
                    Quota.none("r"),
                    new Quota("s", Quantities.empty(), new TreeMap<>(Map.of("cpus", 1L))))),
            new RoleEvent.QuotasSet(List.of(guaranteed, unlimited)));

    assertEquals(Map.of("r", guaranteed, "s", unlimited), recovered.roles().quotas());
    assertTrue(recovered.roles().quotas().get("s").isDefault());
  }

  /** A key that is too long would end the master. */
  @Test
  void theLongestRolesHaveRoom() {
    var role = "x".repeat(Roles.LONGEST);
    for (var event :
        List.of(
            new RoleEvent.WeightsSet(new TreeMap<>(Map.of(role, 2.0))),
            new RoleEvent.QuotasSet(List.of(Quota.none(role))))) {
      assertEquals(1, Registry.writes(event).size());
    }
  }

  @Test
  void theEpochIsKept() {
    var journal = new InMemoryJournal();
    append(journal, List.of(Registry.epoch(7)));

    assertEquals(7, Recovered.from(journal.load()).epoch());
    assertEquals(0, Recovered.from(List.of()).epoch());
  }

  @Test
  void eventsThatNeedNotLastWriteNothing() {
    assertEquals(List.of(), Registry.writes(new AgentEvent.Disconnected(new AgentId("S1"), AT)));
  }

  @Test
  void aNewerFormatIsRefusedWithASentence() {
    var newer = RegisteredAgent.newBuilder().setFormatVersion(2).setInfo(agent("S1")).build();
    var refused =
        assertThrows(
            StoreException.class,
            () -> Recovered.from(List.of(Write.put("agents/S1", newer.toByteArray()))));

    assertTrue(refused.getMessage().contains("start the newer version"), refused.getMessage());
  }

  @Test
  void unknownAndDamagedRecordsAreRefusedWithASentence() {
    assertRefused(
        Write.put("marbles/r", new byte[0]),
        "a record marbles/r that this version of Proffer does not know");
    assertRefused(Write.put("agents/S1", new byte[] {1}), "agents/S1 is damaged");
  }

  private static void assertRefused(Write record, String sentence) {
    var refused = assertThrows(StoreException.class, () -> Recovered.from(List.of(record)));

    assertTrue(refused.getMessage().contains(sentence), refused.getMessage());
  }

  /** The same through both journals, which must agree. */
  private Recovered after(Event... events) {
    var memory = new InMemoryJournal();
    var disk = SqliteJournal.open(directory.resolve("registry.sqlite"), 8);
    try (disk) {
      disk.load().forEach(old -> append(disk, List.of(Write.delete(old.key()))));
      for (var event : events) {
        append(memory, Registry.writes(event));
        append(disk, Registry.writes(event));
      }
    }
    try (var again = SqliteJournal.open(directory.resolve("registry.sqlite"), 8)) {
      var recovered = Recovered.from(again.load());
      assertEquals(Recovered.from(memory.load()), recovered);
      return recovered;
    }
  }

  private static void append(Journal<Write> journal, List<Write> writes) {
    journal.append(writes).toCompletableFuture().join();
  }

  private static AgentInfo agent(String id) {
    return AgentInfo.newBuilder()
        .setId(AgentID.newBuilder().setValue(id))
        .setHostname("host")
        .addAllResources(Resources.parse("cpus:4", "*").messages())
        .build();
  }

  private static Framework framework(String id, FrameworkLink link) {
    var info =
        FrameworkInfo.newBuilder()
            .setUser("u")
            .setName("n")
            .setId(FrameworkID.newBuilder().setValue(id))
            .addRoles("a")
            .addRoles("b")
            .addCapabilities(
                FrameworkInfo.Capability.newBuilder()
                    .setType(FrameworkInfo.Capability.Type.MULTI_ROLE))
            .build();
    return new Framework(
        new FrameworkId(id),
        info,
        Capabilities.of(info),
        List.of("a", "b"),
        List.of("b"),
        OfferConstraints.getDefaultInstance(),
        link,
        AT,
        Optional.of(AT.plusSeconds(1)),
        Resources.empty(),
        Resources.empty());
  }
}
