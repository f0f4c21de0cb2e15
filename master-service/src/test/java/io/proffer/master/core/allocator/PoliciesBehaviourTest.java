package io.proffer.master.core.allocator;

import static io.proffer.master.core.allocator.Rows.agent;
import static io.proffer.master.core.allocator.Rows.framework;
import static io.proffer.master.core.allocator.Rows.resources;
import static io.proffer.master.core.allocator.WorkedExamplesTest.countByRole;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.master.core.allocator.policy.FairPolicy;
import io.proffer.master.core.allocator.policy.Policy;
import io.proffer.master.core.allocator.policy.PriorityPolicy;
import io.proffer.master.core.allocator.policy.RandomPolicy;
import io.proffer.master.core.fact.Offer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the policies that are not by shares alone make of a cluster. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class PoliciesBehaviourTest {
  private static final Duration LATER = Duration.ofSeconds(2);

  /** Agents that are drawn for. */
  private static final int DRAWS = 3000;

  /**
   * Five standard deviations of a half of them, and more of any other part: a fair draw misses by
   * so much once in a million times.
   */
  private static final int TOLERANCE = 137;

  private int agents;

  private static TestCluster cluster(Policy roles, Policy frameworks, String... names) {
    var settings = AllocatorSettings.defaults().withPolicy(roles, frameworks);
    var cluster = new TestCluster(new DrfAllocator(settings));
    for (var name : names) {
      cluster.add(framework("f-" + name, name));
    }
    return cluster;
  }

  private static TestCluster priority(List<String> order, String... names) {
    var policy = new PriorityPolicy(order);
    return cluster(policy, policy, names);
  }

  private static TestCluster random(String... names) {
    return cluster(new RandomPolicy(), new RandomPolicy(), names);
  }

  @Test
  void weightsCountHoweverLargeTheyAre() {
    var cluster = random("x", "y");
    cluster.weigh("x", 0.5e308);
    cluster.weigh("y", 1.5e308);
    assertDrawn(DRAWS * 3 / 4, countByRole(offersOf(cluster, DRAWS)).get("y"));
  }

  private List<Offer> offersOf(TestCluster cluster, int count) {
    for (int i = 0; i < count; i++) {
      cluster.add(agent("s" + agents++, "cpus:1;mem:64"));
    }
    return cluster.offers();
  }

  private static void assertDrawn(long expected, long counted) {
    assertTrue(Math.abs(counted - expected) <= TOLERANCE, counted + " and not about " + expected);
  }

  @Test
  void aLowerRoleGetsNothingWhileAHigherOneTakesEverything() {
    var cluster = priority(List.of("prod", "batch"), "batch", "prod");
    for (int round = 0; round < 5; round++) {
      var offers = offersOf(cluster, 4);
      assertEquals(Map.of("prod", 4), countByRole(offers));
      offers.forEach(offer -> cluster.accept(offer, resources("cpus:1;mem:64"), 0));
      cluster.pass(LATER);
    }
    cluster.suppress("f-prod", "prod");
    assertEquals(Map.of("batch", 4), countByRole(offersOf(cluster, 4)));
    cluster.revive("f-prod", "prod");
    cluster.pass(LATER);
    assertEquals(Map.of("prod", 4), countByRole(offersOf(cluster, 4)));
  }

  @Test
  void aLowerRoleGetsWhatAHigherOneRefuses() {
    var cluster = priority(List.of("prod", "batch"), "batch", "prod");
    for (var offer : offersOf(cluster, 3)) {
      assertEquals("prod", offer.role());
      cluster.decline(offer, 60);
    }
    assertEquals(Map.of("batch", 3), countByRole(cluster.offersWithin(LATER)));
  }

  @Test
  void weightsDoNotOutdoPriorities() {
    var cluster = priority(List.of("prod"), "batch", "prod");
    cluster.weigh("batch", 1e6);
    assertEquals(Map.of("prod", 6), countByRole(offersOf(cluster, 6)));
  }

  @Test
  void rolesThatAreNotDeclaredShareFairlyWhatIsLeft() {
    var cluster = priority(List.of("prod", "gone"), "prod", "x", "y");
    cluster.weigh("y", 3);
    assertEquals(Map.of("prod", 2), countByRole(offersOf(cluster, 2)));
    cluster.suppress("f-prod", "prod");
    cluster.pass(LATER);
    assertEquals(new TreeMap<>(Map.of("x", 3, "y", 9)), countByRole(offersOf(cluster, 12)));
  }

  @Test
  void frameworksOfOneRoleShareFairly() {
    var cluster = priority(List.of("prod"), "batch");
    cluster.add(framework("f1", "prod"), framework("f2", "prod"));
    var offers = offersOf(cluster, 8);
    assertEquals(Map.of("prod", 8), countByRole(offers));
    assertEquals(4, offers.stream().filter(o -> o.framework().value().equals("f1")).count());
  }

  @Test
  void aDeclaredRoleBelowAnotherComesBeforeItsSiblingsAndBeforeItsParentsOwnFrameworks() {
    var cluster = priority(List.of("a/y"), "a", "a/x", "a/y", "c");
    var counted = countByRole(offersOf(cluster, 6));
    assertEquals(new TreeMap<>(Map.of("a/y", 3, "c", 3)), counted, "a and c compete fairly");
  }

  @Test
  void thePrioritiesOfParentsDecideBeforeThoseOfTheirChildren() {
    var cluster = priority(List.of("c/x", "a"), "c/x", "a/z");
    assertEquals(Map.of("a/z", 4), countByRole(offersOf(cluster, 4)));
  }

  @Test
  void ofDrawnRolesOneOfTwiceTheWeightGetsTwiceAsMuch() {
    var cluster = random("a", "b");
    cluster.weigh("a", 2);
    var counted = countByRole(offersOf(cluster, DRAWS));
    assertEquals(DRAWS, counted.get("a") + counted.get("b"));
    assertDrawn(2 * DRAWS / 3, counted.get("a"));
  }

  @Test
  void drawnRolesBelowDivideTheWeightOfTheirParentAndThatOfIdleOnesIsNoOnes() {
    var cluster = random("a/x", "a/y", "a/idle", "b");
    cluster.weigh("a/x", 2);
    cluster.weigh("a/idle", 1000);
    cluster.weigh("b", 0.5);
    cluster.suppress("f-a/idle", "a/idle");
    var counted = countByRole(offersOf(cluster, DRAWS));
    assertDrawn(DRAWS * 4 / 9, counted.get("a/x"));
    assertDrawn(DRAWS * 2 / 9, counted.get("a/y"));
    assertDrawn(DRAWS / 3, counted.get("b"));
  }

  @Test
  void whatDrawnRolesHoldDoesNotMatter() {
    var cluster = random("a");
    offersOf(cluster, 500).forEach(o -> cluster.accept(o, resources("cpus:1;mem:64"), 0));
    cluster.add(framework("f-b", "b"));
    cluster.weigh("b", 0.5);
    cluster.pass(LATER);
    assertDrawn(2 * DRAWS / 3, countByRole(offersOf(cluster, DRAWS)).get("a"));
  }

  @Test
  void frameworksOfARoleAreDrawnAlike() {
    var cluster = random();
    cluster.add(framework("f1", "r"), framework("f2", "r"));
    cluster.weigh("r", 7);
    var offers = offersOf(cluster, DRAWS);
    assertDrawn(DRAWS / 2, offers.stream().filter(o -> o.framework().value().equals("f1")).count());
  }

  @Test
  void rolesMayBeDrawnWhileTheirFrameworksShareFairly() {
    var cluster = cluster(new RandomPolicy(), new FairPolicy(), "b");
    cluster.add(framework("f1", "a"), framework("f2", "a"));
    cluster.weigh("a", 2);
    var offers = offersOf(cluster, DRAWS);
    int ofA = countByRole(offers).get("a");
    assertDrawn(2 * DRAWS / 3, ofA);
    long first = offers.stream().filter(o -> o.framework().value().equals("f1")).count();
    assertTrue(Math.abs(2 * first - ofA) <= 1, first + " of " + ofA);
  }

  @Test
  void aDrawIsRepeatedWithItsSeedAndIsAnotherOneWithAnother() {
    assertEquals(rolesDrawn(0), rolesDrawn(0));
    assertNotEquals(rolesDrawn(0), rolesDrawn(1));
  }

  /** Who got which of some agents in a run of this seed. */
  private static Map<String, String> rolesDrawn(int seed) {
    var cluster = random("a", "b");
    for (int i = 0; i < seed; i++) {
      cluster.pass(LATER);
    }
    var drawn = new TreeMap<String, String>();
    for (int i = 0; i < 100; i++) {
      cluster.add(agent("s" + i, "cpus:1;mem:64"));
    }
    cluster.offers().forEach(offer -> drawn.put(offer.agent().value(), offer.role()));
    assertEquals(100, drawn.size());
    return drawn;
  }
}
