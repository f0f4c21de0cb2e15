package io.proffer.master.core.allocator;

import static io.proffer.master.core.allocator.DrfOrderTest.onlyOne;
import static io.proffer.master.core.allocator.Rows.agent;
import static io.proffer.master.core.allocator.Rows.framework;
import static io.proffer.master.core.allocator.Rows.resources;
import static io.proffer.master.core.allocator.WorkedExamplesTest.countByRole;
import static io.proffer.master.core.allocator.WorkedExamplesTest.suppressed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.fact.Offer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The tree of roles: who competes with whom, and who comes first (allocator, section 3). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass
@EnumSource
final class RoleOrderTest {
  private static final Duration LATER = Duration.ofSeconds(2);

  private final TestCluster cluster;
  private int agents;

  RoleOrderTest(Tested tested) {
    cluster = tested.cluster();
  }

  private void addAgents(int count) {
    for (int i = 0; i < count; i++) {
      cluster.add(agent("s" + agents++, "cpus:1;mem:64"));
    }
  }

  /** A framework in each of these roles. */
  private void addFrameworks(String... roles) {
    for (var role : roles) {
      cluster.add(framework("f-" + role, role));
    }
  }

  private List<String> order() {
    return cluster.offers().stream().map(Offer::role).toList();
  }

  private Offer next() {
    return onlyOne(cluster.offersWithin(LATER));
  }

  @Test
  void amongEqualsTheSmallerPathComesFirst() {
    addFrameworks("b", "a/y", "a/x");
    addAgents(4);
    assertEquals(List.of("a/x", "b", "a/y", "b"), order());
  }

  @Test
  void amongEqualSharesTheSubtreeWithFewerAllocationsComesFirst() {
    addFrameworks("a/x", "a/y", "b");
    addAgents(1);
    for (var role : List.of("a/x", "b", "a/y", "b", "a/x")) {
      var offer = next();
      assertEquals(role, offer.role());
      cluster.decline(offer, 0);
    }
  }

  @Test
  void aRoleCompetesWithThoseBelowItAsOneOfThem() {
    addFrameworks("a", "a/b", "c");
    addAgents(20);
    assertEquals(new TreeMap<>(Map.of("a", 5, "a/b", 5, "c", 10)), countByRole(cluster.offers()));
  }

  @Test
  void theWeightOfARoleIsForItAndThoseBelowTogether() {
    cluster.weigh("a", 3);
    addFrameworks("a", "a/b", "c");
    addAgents(16);
    assertEquals(new TreeMap<>(Map.of("a", 6, "a/b", 6, "c", 4)), countByRole(cluster.offers()));
  }

  @Test
  void againstThoseBelowItARoleHasWeightOne() {
    cluster.weigh("a", 3);
    cluster.weigh("a/b", 2);
    addFrameworks("a", "a/b");
    addAgents(12);
    assertEquals(new TreeMap<>(Map.of("a", 4, "a/b", 8)), countByRole(cluster.offers()));
  }

  @Test
  void aRoleComesBeforeThoseBelowItWhenItsDotIsSmaller() {
    addFrameworks("a/+", "a/b", "a");
    addAgents(3);
    assertEquals(List.of("a/+", "a", "a/b"), order());
  }

  @Test
  void aWeightSetLaterCountsFromTheNextRun() {
    addFrameworks("a", "b");
    addAgents(12);
    for (var offer : cluster.offers()) {
      cluster.accept(offer, resources("cpus:1;mem:64"), 0);
    }
    cluster.weigh("a", 3);
    addAgents(12);
    cluster.pass(LATER);
    assertEquals(new TreeMap<>(Map.of("a", 12)), countByRole(cluster.offers()));
  }

  @Test
  void aVerySmallWeightIsServedLast() {
    cluster.weigh("a", 1e-3);
    addFrameworks("a", "b");
    addAgents(50);
    assertEquals(new TreeMap<>(Map.of("a", 1, "b", 49)), countByRole(cluster.offers()));
  }

  @Test
  void whatSuppressedOnesHoldCountsForThoseAboveThem() {
    addFrameworks("a");
    addAgents(2);
    for (var offer : cluster.offers()) {
      cluster.accept(offer, resources("cpus:1;mem:64"), 0);
    }
    cluster.suppress("f-a", "a");
    addFrameworks("a/b", "c");
    addAgents(3);
    cluster.pass(LATER);
    assertEquals(List.of("c", "c", "a/b"), order());
  }

  @Test
  void whatIsReservedOrRevocableCountsWhenItIsOffered() {
    var special = resources("cpus(a):1;mem(a):64").plus(Pieces.revocable("cpus", 1));
    var info = Rows.info(FrameworkInfo.Capability.Type.REVOCABLE_RESOURCES);
    cluster.add(framework("fa", info, List.of("a"), List.of()));
    cluster.add(agent("own", special, AgentInfo.newBuilder()));
    assertEquals(List.of("a"), order());
    addFrameworks("c");
    addAgents(3);
    cluster.pass(LATER);
    assertEquals(List.of("c", "c", "a"), order());
  }

  @Test
  void reservationsNobodyUsesDoNotCount() {
    cluster.add(agent("own", "cpus(a):8"));
    addFrameworks("a", "c");
    cluster.suppress("f-a", "a");
    cluster.offers();
    cluster.revive("f-a", "a");
    addAgents(1);
    cluster.remove("own");
    cluster.add(agent("own", "cpus(a/b):8"));
    cluster.pass(LATER);
    assertEquals(List.of("a"), order());
  }

  @Test
  void aSharedVolumeCountsOnceForARole() {
    var volume = Pieces.sharedVolume("a", "v", 10);
    var total = resources("cpus:1;mem:64;disk:90").plus(volume);
    var info = Rows.info(FrameworkInfo.Capability.Type.SHARED_RESOURCES);
    cluster.add(framework("f1", info, List.of("a"), List.of()));
    cluster.add(agent("volume", total, AgentInfo.newBuilder()));
    for (int copy = 0; copy < 3; copy++) {
      cluster.accept(next(), volume, 0);
    }
    cluster.suppress("f1", "a");
    // Of the disk a has a tenth, three copies or not; b gets three twentieths.
    addFrameworks("b");
    cluster.accept(next(), resources("disk:15"), 0);
    cluster.suppress("f-b", "b");
    cluster.revive("f1", "a");
    cluster.revive("f-b", "b");
    assertEquals("a", next().role());
  }

  @Test
  void whoComesBackToARoleNobodyIsInCountsFromNothing() {
    addFrameworks("a", "b");
    addAgents(1);
    cluster.decline(next(), 0);
    remove("f-a");
    addFrameworks("a");
    assertEquals("a", next().role());
  }

  @Test
  void allocationsOfASubtreeAreRememberedWhileAnybodyIsInIt() {
    addFrameworks("a", "b");
    cluster.add(suppressed("fx", "a/x"));
    addAgents(1);
    cluster.decline(next(), 0);
    remove("f-a");
    addFrameworks("a");
    assertEquals("b", next().role());
  }

  @Test
  void allocationsOfARoleItselfAreForgottenThoughTheSubtreeLives() {
    addFrameworks("a", "a/x");
    addAgents(1);
    var first = next();
    assertEquals("a", first.role());
    cluster.decline(first, 0);
    remove("f-a");
    addFrameworks("a");
    assertEquals("a", next().role());
  }

  private void remove(String framework) {
    var id = new FrameworkId(framework);
    cluster.tell(new FrameworkEvent.Removed(id, Rows.info().build(), Instant.EPOCH));
  }
}
