package io.proffer.master.core.allocator;

import static io.proffer.master.core.allocator.DrfOrderTest.onlyOne;
import static io.proffer.master.core.allocator.Rows.agent;
import static io.proffer.master.core.allocator.Rows.framework;
import static io.proffer.master.core.allocator.Rows.resources;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.fact.Offer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When runs happen (decision 24), and that slices are only a way to do them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ScheduleTest {
  private static final Duration SOON = Duration.ofMillis(10);

  private final TestCluster cluster = TestCluster.withDefaults();

  @Test
  void nothingIsDueWhileNothingHappens() {
    assertEquals(OptionalLong.empty(), cluster.allocator().nextDeadlineNanos());
    cluster.add(agent("s1", "cpus:1"));
    cluster.add(framework("f1", "a"));
    onlyOne(cluster.offers());
    assertEquals(List.of(), cluster.offersWithin(Duration.ofSeconds(2)));
    assertEquals(OptionalLong.empty(), cluster.allocator().nextDeadlineNanos());
  }

  @Test
  void aNewAgentIsOfferedAtOnce() {
    cluster.add(framework("f1", "a"));
    cluster.pass(SOON);
    cluster.add(agent("s1", "cpus:1"));
    onlyOne(cluster.offersWithin(Duration.ZERO));
  }

  @Test
  void eventsWithinTheLeastIntervalShareOneRun() {
    cluster.add(framework("f1", "a"));
    cluster.offers();
    cluster.pass(Duration.ofMillis(4));
    cluster.add(agent("s1", "cpus:1"));
    assertEquals(List.of(), cluster.offersWithin(Duration.ofMillis(5)));
    cluster.add(agent("s2", "cpus:1"));
    assertEquals(2, cluster.offersWithin(Duration.ofMillis(1)).size());
  }

  @Test
  void theEndOfATaskBringsItsAgentAtOnceAndNoOther() {
    cluster.add(framework("f1", "a"));
    cluster.add(agent("s1", "cpus:1;mem:64"), agent("s2", "cpus:1;mem:64"));
    var used = new ArrayList<Offer>();
    for (var offer : cluster.offers()) {
      used.add(cluster.accept(offer, resources("cpus:0.5"), 0));
    }
    cluster.pass(SOON);
    cluster.finish(used.getFirst());
    var offer = onlyOne(cluster.offers());
    assertEquals(used.getFirst().agent(), offer.agent());
    assertEquals(resources("cpus:1;mem:64"), offer.resources().withoutAllocation());
    assertEquals(
        used.getLast().agent(), onlyOne(cluster.offersWithin(Duration.ofSeconds(1))).agent());
  }

  @Test
  void refusingForNoTimeCannotMakeItSpin() {
    cluster.add(framework("f1", "a"));
    cluster.add(agent("s1", "cpus:1"));
    int offers = 0;
    long end = cluster.now() + Duration.ofSeconds(30).toNanos();
    while (cluster.now() < end) {
      for (var offer : cluster.offersWithin(Duration.ofSeconds(1))) {
        cluster.decline(offer, 0);
        offers++;
      }
    }
    assertTrue(offers <= 31, offers + " offers in 30 seconds");
  }

  @Test
  void whatWasDeclinedForNoTimeDoesNotComeBackWhenAnotherIsRevived() {
    cluster.add(framework("f1", "a"), framework("f2", "b"));
    cluster.add(agent("s1", "cpus(a):1;mem(a):64"));
    cluster.decline(onlyOne(cluster.offers()), 0);
    for (int i = 0; i < 50; i++) {
      cluster.pass(SOON);
      cluster.revive("f2", "b");
      assertEquals(List.of(), cluster.offers());
    }
    cluster.revive("f1", "a");
    assertEquals("f1", onlyOne(cluster.offersWithin(SOON)).framework().value());
  }

  @Test
  void whatOneDeclinedForNoTimeIsOfferedAtOnceToOneThatComes() {
    cluster.add(framework("f1", "a"));
    cluster.add(agent("s1", "cpus:1"));
    cluster.decline(onlyOne(cluster.offers()), 0);
    cluster.pass(SOON);
    cluster.add(framework("f2", "b"));
    assertEquals("f2", onlyOne(cluster.offers()).framework().value());
  }

  @Test
  void whatARemovedFrameworkHeldWaitsForThePeriodicRun() {
    cluster.add(framework("f1", "a"));
    cluster.add(agent("s1", "cpus:1"));
    onlyOne(cluster.offers());
    cluster.add(Rows.framework("f2", Rows.info(), List.of("b"), List.of()));
    assertEquals(List.of(), cluster.offersWithin(SOON));
    cluster.tell(
        new FrameworkEvent.Removed(
            new FrameworkId("f1"), FrameworkInfo.getDefaultInstance(), Instant.EPOCH));
    assertEquals(List.of(), cluster.offersWithin(Duration.ofMillis(900)));
    assertEquals("f2", onlyOne(cluster.offersWithin(Duration.ofMillis(100))).framework().value());
  }

  @Test
  void aSliceExaminesNoMoreThanItsBudgetAndGoesOnWhereItStopped() {
    cluster.add(framework("f1", "a"));
    for (int i = 0; i < 10; i++) {
      cluster.add(agent("s" + i, "cpus:1"));
    }
    var seen = new ArrayList<String>();
    while (seen.size() < 10) {
      var grants = cluster.allocator().allocate(1, cluster.moment());
      assertTrue(grants.size() <= 1);
      for (var grant : grants) {
        seen.add(grant.agent().value());
        cluster.make(grant);
      }
      assertTrue(
          seen.size() == 10
              || cluster.allocator().nextDeadlineNanos().getAsLong() <= cluster.now());
    }
    assertEquals(10, seen.stream().distinct().count());
  }

  @Test
  void slicesGrantWhatOneRunGrants() {
    var whole = busyCluster();
    var sliced = busyCluster();
    var expected = whole.offers();
    var actual = new ArrayList<Offer>();
    for (long budget = 1; actual.size() < expected.size(); budget = 1 + budget % 37) {
      for (var grant : sliced.allocator().allocate(budget, sliced.moment())) {
        actual.add(sliced.make(grant));
      }
    }
    assertEquals(expected, actual);
  }

  private static TestCluster busyCluster() {
    var busy = TestCluster.withDefaults();
    for (int i = 0; i < 30; i++) {
      busy.add(framework("f" + i, "r" + i % 7, "q" + i % 3));
    }
    busy.offers();
    for (int i = 0; i < 300; i++) {
      busy.add(agent("s" + i, "cpus:" + (1 + i % 5) + ";mem:" + 100 * (1 + i % 3)));
    }
    busy.pass(SOON);
    return busy;
  }

  @Test
  void aGrantNoOfferIsMadeOfCountsForNothing() {
    cluster.add(framework("f1", "a"), framework("f2", "b"));
    cluster.add(agent("s1", "cpus:1"), agent("s2", "cpus:1"));
    assertEquals(2, cluster.allocator().allocate(100, cluster.moment()).size());
    cluster.pass(SOON);
    cluster.revive("f1", "a");
    var roles = cluster.offers().stream().map(Offer::role).toList();
    assertEquals(List.of("a", "b"), roles);
  }

  @Test
  void aGrantNoOfferIsMadeOfIsGrantedAgainInThePeriodicRun() {
    cluster.add(framework("f1", "a"));
    cluster.add(agent("s1", "cpus:1"), agent("s2", "cpus:1"));
    var grants = cluster.allocator().allocate(100, cluster.moment());
    cluster.make(grants.getFirst());
    var again = onlyOne(cluster.offersWithin(Duration.ofSeconds(1)));
    assertEquals(grants.getLast().agent(), again.agent());
  }
}
