package io.proffer.master.core.allocator;

import static io.proffer.master.core.allocator.DrfOrderTest.onlyOne;
import static io.proffer.master.core.allocator.Rows.agent;
import static io.proffer.master.core.allocator.Rows.agentInRegion;
import static io.proffer.master.core.allocator.Rows.framework;
import static io.proffer.master.core.allocator.Rows.info;
import static io.proffer.master.core.allocator.Rows.resources;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.resource.Resources;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.OfferFilters.MinAllocatableResources;
import io.proffer.api.v1.OfferFilters.ResourceQuantities;
import io.proffer.api.v1.Resource;
import io.proffer.api.v1.Value;
import io.proffer.api.v1.scheduler.AttributeConstraint;
import io.proffer.api.v1.scheduler.OfferConstraints;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.FrameworkEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may be offered which agents, and which of their resources (scheduler-api, section 2.5). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class SuitabilityTest {
  private static final FrameworkInfo.Capability.Type MULTI_ROLE =
      FrameworkInfo.Capability.Type.MULTI_ROLE;

  private static final Duration SOON = Duration.ofMillis(10);

  private final TestCluster cluster = TestCluster.withDefaults();

  private void framework(String id, FrameworkInfo.Capability.Type... capabilities) {
    cluster.add(Rows.framework(id, info(capabilities), List.of("a/b"), List.of()));
  }

  private static Resources offered(TestCluster cluster) {
    return onlyOne(cluster.offers()).resources().withoutAllocation();
  }

  @Test
  void agentsWithGpusAreForFrameworksThatKnowGpus() {
    framework("f1");
    cluster.add(agent("s1", "cpus:1;mem:64;gpus:1"));
    assertEquals(List.of(), cluster.offers());
    framework("f2", FrameworkInfo.Capability.Type.GPU_RESOURCES);
    cluster.pass(Duration.ofMillis(10));
    assertEquals("f2", onlyOne(cluster.offers()).framework().value());
  }

  @Test
  void agentsOfAnotherRegionAreForFrameworksThatKnowRegions() {
    var settings = Tuned.settings(List.of(), true, Optional.of("north"), 16, 100_000);
    var north = new TestCluster(new DrfAllocator(settings));
    north.add(Rows.framework("f1", info(), List.of("r"), List.of()));
    north.add(agentInRegion("s1", "cpus:1", "south"), agentInRegion("s2", "cpus:1", "north"));
    north.add(agent("s3", "cpus:1"));
    assertEquals(
        List.of("s2", "s3"), north.offers().stream().map(o -> o.agent().value()).sorted().toList());
    var aware = info(FrameworkInfo.Capability.Type.REGION_AWARE);
    north.add(Rows.framework("f2", aware, List.of("r"), List.of()));
    assertEquals("s1", onlyOne(north.offersWithin(Duration.ofSeconds(1))).agent().value());
  }

  @Test
  void agentsThatDoNotKnowSeveralRolesGetNoFrameworksWithThem() {
    var old = agent("s1", resources("cpus:1"), AgentInfo.newBuilder(), List.of());
    cluster.add(old);
    cluster.add(Rows.framework("f1", info(MULTI_ROLE), List.of("r"), List.of()));
    framework("f2");
    assertEquals(List.of(), cluster.offers());
    cluster.add(Rows.framework("f3", info(), List.of("r"), List.of()));
    assertEquals("f3", onlyOne(cluster.offersWithin(Duration.ofSeconds(1))).framework().value());
  }

  @Test
  void revocableResourcesAreStrippedForWhoDoesNotTakeThem() {
    var revocable =
        Resource.newBuilder()
            .setName("cpus")
            .setType(Value.Type.SCALAR)
            .setScalar(Value.Scalar.newBuilder().setValue(2))
            .setRevocable(Resource.RevocableInfo.getDefaultInstance())
            .build();
    var total = resources("cpus:1;mem:64").plus(Resources.of(List.of(revocable)));
    framework("f1");
    cluster.add(agent("s1", total, AgentInfo.newBuilder()));
    assertEquals(resources("cpus:1;mem:64"), offered(cluster));
    framework("f2", FrameworkInfo.Capability.Type.REVOCABLE_RESOURCES);
    var rest = onlyOne(cluster.offersWithin(Duration.ofSeconds(1)));
    assertEquals("f2", rest.framework().value());
    assertEquals(Resources.of(List.of(revocable)), rest.resources().withoutAllocation());
  }

  @Test
  void reservationsAreForTheirRoleAndThoseBelowIt() {
    cluster.add(Rows.framework("f1", info(), List.of("c"), List.of()));
    framework("f2");
    cluster.add(agent("s1", resources("cpus(a):1;mem(a):64"), AgentInfo.newBuilder()));
    cluster.add(agent("s2", resources("cpus(a/b/c):1;mem(a/b/c):64"), AgentInfo.newBuilder()));
    var offer = onlyOne(cluster.offers());
    assertEquals("f2", offer.framework().value());
    assertEquals("s1", offer.agent().value());
  }

  @Test
  void refinedReservationsAreForWhoUnderstandsThem() {
    var refined =
        Resource.newBuilder()
            .setName("cpus")
            .setType(Value.Type.SCALAR)
            .setScalar(Value.Scalar.newBuilder().setValue(2))
            .addReservations(reservation(Resource.ReservationInfo.Type.STATIC, "a"))
            .addReservations(reservation(Resource.ReservationInfo.Type.DYNAMIC, "a/b"))
            .build();
    framework("f1");
    cluster.add(agent("s1", Resources.of(List.of(refined)), AgentInfo.newBuilder()));
    assertEquals(List.of(), cluster.offers());
    framework("f2", FrameworkInfo.Capability.Type.RESERVATION_REFINEMENT);
    assertEquals("f2", onlyOne(cluster.offersWithin(Duration.ofSeconds(1))).framework().value());
  }

  private static Resource.ReservationInfo reservation(
      Resource.ReservationInfo.Type type, String role) {
    return Resource.ReservationInfo.newBuilder().setType(type).setRole(role).build();
  }

  @Test
  void aSharedVolumeInUseIsStillOfferedOnceARun() {
    var volume =
        Resource.newBuilder()
            .setName("disk")
            .setType(Value.Type.SCALAR)
            .setScalar(Value.Scalar.newBuilder().setValue(10))
            .addReservations(reservation(Resource.ReservationInfo.Type.DYNAMIC, "a"))
            .setDisk(
                Resource.DiskInfo.newBuilder()
                    .setPersistence(Resource.DiskInfo.Persistence.newBuilder().setId("v")))
            .setShared(Resource.SharedInfo.getDefaultInstance())
            .build();
    var shared = Resources.of(List.of(volume));
    var total = resources("cpus:4;mem:64").plus(shared);
    framework("f1", FrameworkInfo.Capability.Type.SHARED_RESOURCES);
    framework("f2", FrameworkInfo.Capability.Type.SHARED_RESOURCES);
    cluster.add(agent("s1", total, AgentInfo.newBuilder()));
    var first = onlyOne(cluster.offers());
    assertEquals(total, first.resources().withoutAllocation());
    cluster.accept(first, resources("cpus:1").plus(shared), 60);
    var second = onlyOne(cluster.offersWithin(Duration.ofSeconds(1)));
    assertEquals("f2", second.framework().value());
    assertEquals(resources("cpus:3;mem:64").plus(shared), second.resources().withoutAllocation());
  }

  @Test
  void ephemeralPortsAreNeverSeen() {
    framework("f1");
    cluster.add(agent("s1", "cpus:1;ephemeral_ports:[1-10]"));
    assertEquals(resources("cpus:1"), offered(cluster));
  }

  @Test
  void crumbsAreNotOffered() {
    framework("f1");
    cluster.add(agent("s1", "cpus:0.009;mem:31.9;disk:9999"));
    assertEquals(List.of(), cluster.offers());
    cluster.add(agent("s2", "cpus:0.01"), agent("s3", "mem:32"));
    assertEquals(2, cluster.offersWithin(Duration.ofSeconds(1)).size());
  }

  @Test
  void aFrameworkMayAskForMoreOrLessUnderARole() {
    var more =
        MinAllocatableResources.newBuilder()
            .addQuantities(
                ResourceQuantities.newBuilder()
                    .putQuantities("cpus", Value.Scalar.newBuilder().setValue(2).build()));
    cluster.add(framework("f1", more), framework("f2", MinAllocatableResources.newBuilder()));
    cluster.add(agent("s1", "cpus:2"), agent("s2", "cpus:1;mem:99"), agent("s3", "disk:1"));
    cluster
        .offers()
        .forEach(
            offer ->
                assertEquals(
                    offer.agent().value().equals("s1"), offer.framework().value().equals("f1")));
  }

  private static io.proffer.master.core.fact.Framework framework(
      String id, MinAllocatableResources.Builder minimum) {
    var info =
        info()
            .putOfferFilters(
                "r",
                io.proffer.api.v1.OfferFilters.newBuilder()
                    .setMinAllocatableResources(minimum)
                    .build());
    return Rows.framework(id, info, List.of("r"), List.of());
  }

  @Test
  void constraintsKeepAgentsAwayUntilTheyChange() {
    var wanted =
        AttributeConstraint.newBuilder()
            .setSelector(AttributeConstraint.Selector.newBuilder().setAttributeName("rack"))
            .setPredicate(
                AttributeConstraint.Predicate.newBuilder()
                    .setTextMatches(
                        AttributeConstraint.Predicate.TextMatches.newBuilder().setRegex("r[0-9]")));
    var group = OfferConstraints.RoleConstraints.Group.newBuilder().addAttributeConstraints(wanted);
    var constraints =
        OfferConstraints.newBuilder()
            .putRoleConstraints(
                "r", OfferConstraints.RoleConstraints.newBuilder().addGroups(group).build())
            .build();
    cluster.add(Rows.framework("f1", info(), List.of("r", "q"), List.of("q"), constraints));
    cluster.add(agent("s1", "cpus:1", "rack:r1"), agent("s2", "cpus:1", "rack:x"));
    assertEquals("s1", onlyOne(cluster.offers()).agent().value());
    cluster.tell(new AgentEvent.Reregistered(agent("s2", "cpus:1", "rack:r7")));
    assertEquals("s2", onlyOne(cluster.offersWithin(Duration.ofSeconds(1))).agent().value());
    cluster.add(agent("s3", "cpus:1"));
    assertEquals(List.of(), cluster.offersWithin(Duration.ofSeconds(2)));
    cluster.tell(
        new FrameworkEvent.Updated(Rows.framework("f1", info(), List.of("r", "q"), List.of("q"))));
    assertEquals("s3", onlyOne(cluster.offersWithin(Duration.ofSeconds(1))).agent().value());
  }

  @Test
  void suppressedRolesGetNothingUntilRevived() {
    cluster.add(Rows.framework("f1", info(MULTI_ROLE), List.of("a", "b"), List.of("a")));
    cluster.add(agent("s1", "cpus:1"));
    var offer = onlyOne(cluster.offers());
    assertEquals("b", offer.role());
    cluster.suppress("f1", "b");
    cluster.decline(offer, 0);
    assertEquals(List.of(), cluster.offersWithin(Duration.ofSeconds(3)));
    cluster.revive("f1", "a");
    assertEquals("a", onlyOne(cluster.offersWithin(SOON)).role());
  }

  @Test
  void agentsThatAreAwayAreNotOffered() {
    var row = agent("s1", "cpus:1");
    cluster.add(row);
    cluster.disconnect(row);
    framework("f1");
    assertEquals(List.of(), cluster.offersWithin(Duration.ofSeconds(3)));
    cluster.tell(new AgentEvent.Reregistered(row));
    onlyOne(cluster.offersWithin(SOON));
  }
}
