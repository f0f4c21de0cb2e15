package io.proffer.master.core.allocator;

import static io.proffer.master.core.allocator.DrfOrderTest.onlyOne;
import static io.proffer.master.core.allocator.Rows.agent;
import static io.proffer.master.core.allocator.Rows.framework;
import static io.proffer.master.core.allocator.Rows.resources;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.resource.Resources;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.OfferFilters;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Offer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The eight worked examples (allocator, section 14). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass
@EnumSource
final class WorkedExamplesTest {
  private static final Duration SOON = Duration.ofMillis(10);
  private static final Duration LATER = Duration.ofSeconds(2);

  private final TestCluster cluster;

  WorkedExamplesTest(Tested tested) {
    cluster = tested.cluster();
  }

  private void addAgents(int count) {
    for (int i = 0; i < count; i++) {
      cluster.add(agent("s" + i, "cpus:1;mem:64"));
    }
  }

  static Map<String, Integer> countByRole(List<Offer> offers) {
    var count = new TreeMap<String, Integer>();
    offers.forEach(offer -> count.merge(offer.role(), 1, Integer::sum));
    return count;
  }

  static long offeredOf(String name, List<Offer> offers) {
    return offers.stream().mapToLong(offer -> offer.resources().thousandths(name)).sum();
  }

  static Framework suppressed(String id, String role) {
    var info = Rows.info(FrameworkInfo.Capability.Type.MULTI_ROLE);
    return framework(id, info, List.of(role), List.of(role));
  }

  @Test
  void one_dominantSharesEndEqual() {
    cluster.add(agent("s", "cpus:9;mem:18432"));
    cluster.add(framework("fa", "A"), framework("fb", "B"));
    var tasks =
        DrfOrderTest.runUntilFull(cluster, Map.of("A", "cpus:1;mem:4096", "B", "cpus:3;mem:1024"));
    assertEquals(new TreeMap<>(Map.of("A", 3, "B", 2)), tasks);
  }

  @Test
  void two_twiceTheWeightEndsWithTwiceTheShare() {
    cluster.weigh("b", 2);
    cluster.add(framework("fa", "a"), framework("fb", "b"));
    addAgents(30);
    assertEquals(new TreeMap<>(Map.of("a", 10, "b", 20)), countByRole(cluster.offers()));
  }

  @Test
  void three_rolesBelowShareWhatTheirParentGets() {
    cluster.add(framework("fx", "a/x"), framework("fy", "a/y"), framework("fb", "b"));
    addAgents(40);
    assertEquals(
        new TreeMap<>(Map.of("a/x", 10, "a/y", 10, "b", 20)), countByRole(cluster.offers()));
  }

  @Test
  void four_whatIsGuaranteedToAnIdleRoleIsHeldBack() {
    cluster.setQuota("r", "cpus:10", "");
    cluster.add(suppressed("fr", "r"));
    cluster.add(framework("f1", "o1"), framework("f2", "o2"));
    for (int i = 0; i < 3; i++) {
      cluster.add(agent("s" + i, "cpus:4;mem:1024"));
    }
    var others = cluster.offers();
    assertEquals(2_000, offeredOf("cpus", others));
    assertEquals(3 * 1_024_000, offeredOf("mem", others), "nothing else is held back");
    cluster.pass(LATER);
    assertEquals(List.of(), cluster.offers());
    cluster.revive("fr", "r");
    cluster.pass(SOON);
    var mine = cluster.offers();
    assertEquals(Map.of("r", mine.size()), countByRole(mine));
    assertEquals(10_000, offeredOf("cpus", mine));
  }

  @Test
  void five_moreThanWhatWasRefusedIsOfferedAtOnce() {
    cluster.add(framework("f", "r"));
    cluster.add(agent("s", "cpus:5"));
    var used = cluster.accept(onlyOne(cluster.offers()), resources("cpus:1"), 60);
    assertEquals(List.of(), cluster.offersWithin(LATER));
    cluster.finish(used);
    var again = onlyOne(cluster.offersWithin(SOON));
    assertEquals(resources("cpus:5"), plain(again));
  }

  @Test
  void six_refusingInOneRoleDoesNotRefuseInAnother() {
    cluster.add(framework("f", "r1", "r2"));
    cluster.add(agent("s", "cpus:5"));
    var first = onlyOne(cluster.offers());
    assertEquals("r1", first.role());
    cluster.decline(first, 60);
    assertEquals("r2", onlyOne(cluster.offersWithin(LATER)).role());
  }

  @Test
  void seven_aLimitLimitsWhatItNamesOnly() {
    cluster.setQuota("r", "", "cpus:4");
    cluster.add(framework("f", "r"));
    cluster.add(agent("s", "cpus:10;mem:10;ports:[1-9]"));
    assertEquals(resources("cpus:4;mem:10;ports:[1-9]"), plain(onlyOne(cluster.offers())));
    cluster.pass(LATER);
    assertEquals(List.of(), cluster.offers());
  }

  @Test
  void eight_aSharedVolumeInUseIsOfferedOnceInEachRun() {
    var volume = Pieces.sharedVolume("r", "v", 8);
    var total = resources("cpus:4;mem:512").plus(volume);
    var info = Rows.info(FrameworkInfo.Capability.Type.SHARED_RESOURCES);
    // They would take the volume alone too.
    var anything = OfferFilters.MinAllocatableResources.getDefaultInstance();
    info.putOfferFilters(
        "r", OfferFilters.newBuilder().setMinAllocatableResources(anything).build());
    cluster.add(framework("f1", info, List.of("r"), List.of()));
    cluster.add(agent("s", total, AgentInfo.newBuilder()));
    var first = onlyOne(cluster.offers());
    assertEquals(total, plain(first));
    cluster.accept(first, resources("cpus:1").plus(volume), 60);
    cluster.add(framework("f2", info, List.of("r"), List.of()));
    cluster.add(framework("f3", info, List.of("r"), List.of()));
    cluster.pass(LATER);
    // What is left of the agent is the volume, which the others do not get in the same run.
    var second = onlyOne(cluster.offers());
    assertEquals("f2", second.framework().value());
    assertEquals(resources("cpus:3;mem:512").plus(volume), plain(second));
    cluster.accept(second, resources("cpus:1").plus(volume), 60);
    cluster.pass(LATER);
    var third = onlyOne(cluster.offers());
    assertEquals("f3", third.framework().value());
    assertEquals(resources("cpus:2;mem:512").plus(volume), plain(third));
  }

  @Test
  void eight_whoKnowsNoSharedVolumesGetsTheRest() {
    var volume = Pieces.sharedVolume("r", "v", 8);
    cluster.add(framework("f", "r"));
    cluster.add(agent("s", resources("cpus:4").plus(volume), AgentInfo.newBuilder()));
    assertEquals(resources("cpus:4"), plain(onlyOne(cluster.offers())));
  }

  private static Resources plain(Offer offer) {
    return offer.resources().withoutAllocation();
  }
}
