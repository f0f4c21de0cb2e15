package io.proffer.master.core.allocator;

import static io.proffer.master.core.allocator.Rows.agent;
import static io.proffer.master.core.allocator.Rows.framework;
import static io.proffer.master.core.allocator.Rows.resources;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Resources;
import io.proffer.master.core.fact.Offer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who comes first (allocator, sections 3 and 14). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class DrfOrderTest {

  @Test
  void dominantSharesEndEqualOnTheClassicExample() {
    var cluster = TestCluster.withDefaults();
    cluster.add(agent("s", "cpus:9;mem:18432"));
    cluster.add(framework("fa", "A"), framework("fb", "B"));
    var tasks = runUntilFull(cluster, Map.of("A", "cpus:1;mem:4096", "B", "cpus:3;mem:1024"));
    assertEquals(new TreeMap<>(Map.of("A", 3, "B", 2)), tasks);
  }

  /** Each takes one task of every offer; ends when everybody has declined in a row. */
  static Map<String, Integer> runUntilFull(TestCluster cluster, Map<String, String> taskByRole) {
    var tasks = new TreeMap<String, Integer>();
    int idle = 0;
    while (idle < 5) {
      idle++;
      for (var offer : cluster.offersWithin(Duration.ofSeconds(2))) {
        Resources task = resources(taskByRole.get(offer.role()));
        if (offer.resources().withoutAllocation().contains(task)) {
          cluster.accept(offer, task, 0);
          tasks.merge(offer.role(), 1, Integer::sum);
          idle = 0;
        } else {
          cluster.decline(offer, 10);
        }
      }
    }
    return tasks;
  }

  @Test
  void theFirstInOrderTakesEverythingOfAnAgent() {
    var cluster = TestCluster.withDefaults();
    cluster.add(framework("f1", "a"), framework("f2", "b"));
    cluster.add(agent("s1", "cpus:4;mem:1024;disk:10;ports:[1-10]"));
    var offers = cluster.offers();
    assertEquals(1, offers.size());
    assertEquals("a", offers.getFirst().role());
    assertEquals(
        resources("cpus:4;mem:1024;disk:10;ports:[1-10]").withAllocation("a"),
        offers.getFirst().resources());
  }

  @Test
  void agentsOfOneRunGoToRolesInTurn() {
    var cluster = TestCluster.withDefaults();
    cluster.add(framework("f1", "a"), framework("f2", "b"), framework("f3", "b"));
    for (int i = 0; i < 40; i++) {
      cluster.add(agent("s" + i, "cpus:4;mem:1024"));
    }
    var byFramework = new TreeMap<String, Integer>();
    for (var offer : cluster.offers()) {
      byFramework.merge(offer.framework().value(), 1, Integer::sum);
    }
    assertEquals(new TreeMap<>(Map.of("f1", 20, "f2", 10, "f3", 10)), byFramework);
  }

  @Test
  void amongEqualSharesWhoHadFewerAllocationsComesFirst() {
    var cluster = TestCluster.withDefaults();
    cluster.add(framework("f1", "a"), framework("f2", "b"));
    cluster.add(agent("s1", "cpus:4;mem:1024"));
    var seen = new ArrayList<String>();
    for (int i = 0; i < 4; i++) {
      var offer = onlyOne(cluster.offersWithin(Duration.ofSeconds(2)));
      seen.add(offer.role());
      cluster.decline(offer, 0);
    }
    assertEquals(List.of("a", "b", "a", "b"), seen);
  }

  @Test
  void excludedResourcesDoNotCountInShares() {
    var settings = Tuned.settings(List.of("gpus"), false, Optional.empty(), 16, 100_000);
    var cluster = new TestCluster(new DrfAllocator(settings));
    cluster.add(framework("f1", "a"), framework("f2", "b"));
    cluster.add(agent("s1", "cpus:1;mem:1000;gpus:10"));
    var first = onlyOne(cluster.offers());
    assertEquals("a", first.role());
    cluster.accept(first, resources("cpus:1;mem:1000;gpus:10"), 0);
    cluster.add(agent("s2", "cpus:2;mem:2000"));
    cluster.accept(onlyOne(cluster.offersWithin(Duration.ofSeconds(1))), resources("cpus:2"), 60);
    // a has all gpus but a third of the cpus, b two thirds of the cpus.
    cluster.add(agent("s3", "cpus:1;mem:1000"));
    assertEquals("a", onlyOne(cluster.offersWithin(Duration.ofMillis(20))).role());
  }

  @Test
  void rolesBelowOneShareWhatItGets() {
    var cluster = TestCluster.withDefaults();
    cluster.add(framework("f1", "a/x"), framework("f2", "a/y"), framework("f3", "b"));
    for (int i = 0; i < 9; i++) {
      cluster.add(agent("s" + i, "cpus:4;mem:1024"));
    }
    var byRole = new TreeMap<String, Integer>();
    cluster.offers().forEach(offer -> byRole.merge(offer.role(), 1, Integer::sum));
    assertEquals(new TreeMap<>(Map.of("a/x", 3, "a/y", 2, "b", 4)), byRole);
  }

  @Test
  void rolesWithManyFrameworksGetNoMoreThanRolesWithOne() {
    var cluster = TestCluster.withDefaults();
    for (int i = 0; i < 9; i++) {
      cluster.add(framework("many" + i, "crowd"));
    }
    cluster.add(framework("single", "alone"));
    for (int i = 0; i < 20; i++) {
      cluster.add(agent("s" + i, "cpus:1;mem:64"));
    }
    var offers = cluster.offers();
    assertEquals(10, offers.stream().filter(o -> o.role().equals("alone")).count());
    assertTrue(offers.stream().anyMatch(o -> o.framework().equals(new FrameworkId("many8"))));
  }

  static Offer onlyOne(List<Offer> offers) {
    assertEquals(1, offers.size(), offers::toString);
    return offers.getFirst();
  }
}
