package io.proffer.master.core.allocator;

import static io.proffer.master.core.allocator.DrfOrderTest.onlyOne;
import static io.proffer.master.core.allocator.Rows.agent;
import static io.proffer.master.core.allocator.Rows.framework;
import static io.proffer.master.core.allocator.Rows.resources;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.id.FrameworkId;
import io.proffer.master.core.allocator.policy.FairPolicy;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.fact.FrameworkLink;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a refusal keeps away, and when it ends (allocator, section 6). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class RefusalTest {
  private static final Duration SOON = Duration.ofMillis(10);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final TestCluster cluster = TestCluster.withDefaults();

  @BeforeEach
  void oneFrameworkOneAgent() {
    cluster.add(framework("f1", "r1"));
    cluster.add(agent("s1", "cpus:5;mem:1024", "rack:a"));
  }

  /** Uses one cpu and refuses the rest for a minute; returns what is used. */
  private io.proffer.master.core.fact.Offer useOneRefuseRest() {
    return cluster.accept(onlyOne(cluster.offers()), resources("cpus:1"), 60);
  }

  private void assertNothingComes() {
    assertEquals(List.of(), cluster.offersWithin(LONG));
  }

  @Test
  void moreThanWhatWasRefusedIsOfferedAgainAtOnce() {
    var used = useOneRefuseRest();
    assertNothingComes();
    cluster.finish(used);
    var again = onlyOne(cluster.offersWithin(SOON));
    assertEquals(resources("cpus:5;mem:1024"), again.resources().withoutAllocation());
  }

  @Test
  void lessThanWhatWasRefusedIsNot() {
    var all = onlyOne(cluster.offers());
    cluster.decline(all, 60);
    cluster.add(agent("s1", "cpus:3;mem:1024", "rack:a"));
    assertNothingComes();
  }

  @Test
  void itHoldsForOneRoleOnly() {
    cluster.tell(new FrameworkEvent.Updated(framework("f1", "r1", "r2")));
    var first = onlyOne(cluster.offers());
    assertEquals("r1", first.role());
    cluster.decline(first, 60);
    var second = onlyOne(cluster.offersWithin(LONG));
    assertEquals("r2", second.role());
    cluster.decline(second, 60);
    assertNothingComes();
  }

  @Test
  void itHoldsForOneAgentOnly() {
    cluster.decline(onlyOne(cluster.offers()), 60);
    cluster.add(agent("s2", "cpus:5;mem:1024"));
    assertEquals("s2", onlyOne(cluster.offersWithin(LONG)).agent().value());
  }

  @Test
  void itEndsWithTheFirstPeriodicRunAfterItsTime() {
    long start = cluster.now();
    cluster.decline(onlyOne(cluster.offers()), 4.5);
    onlyOne(cluster.offersWithin(LONG));
    assertEquals(Duration.ofSeconds(5).toNanos(), cluster.now() - start);
  }

  @Test
  void itIsNeverShorterThanTheIntervalOfRuns() {
    cluster.pass(Duration.ofMillis(100));
    cluster.decline(onlyOne(cluster.offers()), 0.001);
    long start = cluster.now();
    onlyOne(cluster.offersWithin(LONG));
    assertEquals(Duration.ofMillis(1900).toNanos(), cluster.now() - start);
  }

  @Test
  void noTimeAtAllMeansTheNextPeriodicRun() {
    cluster.pass(Duration.ofMillis(100));
    cluster.decline(onlyOne(cluster.offers()), 0);
    assertEquals(List.of(), cluster.offersWithin(Duration.ofMillis(899)));
    onlyOne(cluster.offersWithin(Duration.ofMillis(1)));
  }

  @Test
  void reviveEndsItAtOnce() {
    cluster.decline(onlyOne(cluster.offers()), 60);
    cluster.pass(Duration.ofMillis(10));
    cluster.revive("f1", "r1");
    onlyOne(cluster.offers());
  }

  @Test
  void reviveOfAnotherRoleDoesNot() {
    cluster.tell(new FrameworkEvent.Updated(framework("f1", "r1", "r2")));
    cluster.decline(onlyOne(cluster.offers()), 60);
    cluster.suppress("f1", "r2");
    cluster.revive("f1", "r2");
    var second = onlyOne(cluster.offersWithin(LONG));
    assertEquals("r2", second.role());
    cluster.decline(second, 60);
    assertNothingComes();
  }

  @Test
  void leavingTheRoleEndsIt() {
    cluster.decline(onlyOne(cluster.offers()), 60);
    cluster.tell(new FrameworkEvent.Updated(framework("f1", "other")));
    cluster.decline(onlyOne(cluster.offersWithin(LONG)), 60);
    cluster.tell(new FrameworkEvent.Updated(framework("f1", "r1")));
    assertEquals("r1", onlyOne(cluster.offersWithin(LONG)).role());
  }

  @Test
  void disconnectionEndsIt() {
    cluster.decline(onlyOne(cluster.offers()), 60);
    cluster.tell(new FrameworkEvent.Disconnected(new FrameworkId("f1"), Instant.EPOCH));
    assertNothingComes();
    cluster.tell(new FrameworkEvent.Updated(framework("f1", "r1")));
    onlyOne(cluster.offersWithin(SOON));
  }

  @Test
  void aRowThatIsNotConnectedEndsItToo() {
    cluster.decline(onlyOne(cluster.offers()), 60);
    var away = framework("f1", "r1").withLink(new FrameworkLink.Disconnected(Instant.EPOCH));
    cluster.tell(new FrameworkEvent.Updated(away));
    assertNothingComes();
    cluster.tell(new FrameworkEvent.Updated(framework("f1", "r1")));
    onlyOne(cluster.offersWithin(SOON));
  }

  @Test
  void itEndsWithItsAgent() {
    cluster.decline(onlyOne(cluster.offers()), 60);
    cluster.remove("s1");
    assertNothingComes();
    cluster.add(agent("s1", "cpus:5;mem:1024", "rack:a"));
    onlyOne(cluster.offersWithin(SOON));
  }

  @Test
  void anAgentThatReturnsWithOtherAttributesIsANewOne() {
    cluster.decline(onlyOne(cluster.offers()), 60);
    var same = agent("s1", "cpus:5;mem:1024", "rack:a");
    cluster.tell(new AgentEvent.Reregistered(same));
    assertNothingComes();
    var other = agent("s1", "cpus:5;mem:1024", "rack:b");
    cluster.tell(new AgentEvent.Reregistered(other));
    onlyOne(cluster.offersWithin(SOON));
  }

  @Test
  void severalHoldSideBySide() {
    var used = useOneRefuseRest();
    cluster.finish(used);
    // Refuses all for two seconds; the older refusal of less goes on.
    cluster.decline(onlyOne(cluster.offersWithin(SOON)), 2);
    var again = onlyOne(cluster.offersWithin(LONG));
    var usedAgain = cluster.accept(again, resources("cpus:1"), 0);
    assertNothingComes();
    cluster.finish(usedAgain);
    onlyOne(cluster.offersWithin(SOON));
  }

  @Test
  void whoseRefusalIsForgottenForAnotherIsOfferedAgain() {
    var one = Tuned.settings(List.of(), true, Optional.empty(), 16, 1);
    var forgetful = new TestCluster(new DrfAllocator(one));
    forgetful.add(framework("f", "r"));
    forgetful.add(agent("s1", "cpus:1"), agent("s2", "cpus:1"));
    var offers = forgetful.offers();
    offers.forEach(offer -> forgetful.decline(offer, 3600));

    var again = onlyOne(forgetful.offersWithin(Duration.ofSeconds(2)));

    assertEquals(offers.getFirst().agent(), again.agent());
  }

  @Test
  void manyThatEndAtOnceAreForgottenAsFarAsTheBudgetGoes() {
    var others = TestCluster.withDefaults();
    others.add(framework("f1", "r"));
    for (int i = 0; i < 1000; i++) {
      others.add(agent("s" + i, "cpus:4;mem:1024"));
    }
    others.offers().forEach(offer -> others.decline(offer, 5));
    others.pass(Duration.ofSeconds(6));

    // 100 units forget 50.
    var slices = new AtomicInteger();
    while (others.allocator().allocate(100, others.moment()).isEmpty()) {
      assertTrue(others.allocator().nextDeadlineNanos().orElseThrow() <= others.now());
      slices.incrementAndGet();
    }
    assertTrue(slices.get() >= 20, () -> slices + " slices");
  }

  @Test
  void manyThousandRefusalsTakenBackLeaveNothingBehind() {
    var total = new ClusterTotal(List.of());
    var quotas = new QuotaBook(total);
    var roles = new RoleTree(total, quotas, new FairPolicy(), new FairPolicy());
    var filters = new OfferFilters(16, 1_000, agent -> {});
    var client =
        new Client(
            new FrameworkNode(new FrameworkId("f")),
            roles.join("r"),
            new Minimum(MinAllocatable.parse(MinAllocatable.DEFAULT), total),
            total);
    var pool = new AgentPool(AllocatorSettings.defaults(), total, quotas);
    pool.put(agent("s", "cpus:100"));
    var entry = pool.find(agent("s", "cpus:100").id());
    for (int i = 1; i <= 10_000; i++) {
      filters.add(client, entry, resources("cpus:" + (1 + i % 50)), i * 1000L + 365L);
      assertTrue(filters.size() <= 16);
      if (i % 100 == 0) {
        filters.clear(client);
        assertEquals(0, filters.size());
      }
    }
  }
}
