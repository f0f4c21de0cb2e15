package io.proffer.master.core.allocator;

import static io.proffer.master.core.allocator.Rows.agent;
import static io.proffer.master.core.allocator.Rows.framework;
import static io.proffer.master.core.allocator.WorkedExamplesTest.countByRole;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.master.core.fact.Offer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The orders of the obvious allocator that are not by shares (allocator, section 3.2). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class NaivePoliciesTest {
  private static final int AGENTS = 600;

  private static TestCluster cluster(NaivePolicy policy, String... roles) {
    var allocator = new NaiveAllocator(AllocatorSettings.defaults(), policy);
    var cluster = new TestCluster(allocator);
    for (var role : roles) {
      cluster.add(framework("f-" + role, role));
    }
    return cluster;
  }

  private static List<Offer> offers(TestCluster cluster, int agents) {
    for (int i = 0; i < agents; i++) {
      cluster.add(agent("s" + i, "cpus:1;mem:64"));
    }
    return cluster.offers();
  }

  /** Parts of the whole, in twelfths. */
  private static void assertTwelfths(Map<String, Integer> expected, List<Offer> offers) {
    var counted = countByRole(offers);
    expected.forEach(
        (role, twelfths) -> {
          double ratio = counted.get(role) * 12.0 / (twelfths * offers.size());
          assertTrue(Math.abs(ratio - 1) < 0.2, () -> "not " + expected + ": " + counted);
        });
  }

  @Test
  void drawnRolesGetByWeight() {
    var cluster = cluster(new NaivePolicy.Random(), "a", "b", "c");
    cluster.weigh("a", 2);
    assertTwelfths(Map.of("a", 6, "b", 3, "c", 3), offers(cluster, AGENTS));
  }

  @Test
  void drawnRolesBelowDivideTheWeightOfTheirParent() {
    var cluster = cluster(new NaivePolicy.Random(), "a", "a/b", "c");
    cluster.weigh("c", 2);
    cluster.weigh("a/b", 3);
    assertTwelfths(Map.of("a", 1, "a/b", 3, "c", 8), offers(cluster, AGENTS));
  }

  @Test
  void rolesThatWantNothingTakeNothingOfTheWeight() {
    var cluster = cluster(new NaivePolicy.Random(), "a/x", "a/y", "c");
    cluster.weigh("a/x", 1000);
    cluster.suppress("f-a/x", "a/x");
    assertTwelfths(Map.of("a/y", 6, "c", 6), offers(cluster, AGENTS));
  }

  @Test
  void frameworksOfARoleAreDrawnAlike() {
    var cluster = cluster(new NaivePolicy.Random());
    cluster.add(framework("f1", "r"), framework("f2", "r"));
    var offers = offers(cluster, AGENTS);
    long first = offers.stream().filter(o -> o.framework().value().equals("f1")).count();
    assertTrue(first > 250 && first < 350, () -> first + " of " + AGENTS);
  }

  @Test
  void listedRolesTakeAllTheyCan() {
    var policy = new NaivePolicy.Priority(List.of("c", "a/y"));
    assertEquals(Map.of("c", 5), countByRole(offers(cluster(policy, "a/x", "a/y", "c"), 5)));
  }

  @Test
  void aListOrdersSiblingsOnly() {
    var policy = new NaivePolicy.Priority(List.of("a/y"));
    var counted = countByRole(offers(cluster(policy, "a", "a/x", "a/y", "c"), 6));
    assertEquals(new TreeMap<>(Map.of("a/y", 3, "c", 3)), counted);
  }
}
