package io.proffer.master.core.allocator;

import static io.proffer.master.core.allocator.DrfOrderTest.onlyOne;
import static io.proffer.master.core.allocator.Rows.agent;
import static io.proffer.master.core.allocator.Rows.framework;
import static io.proffer.master.core.allocator.Rows.resources;
import static io.proffer.master.core.allocator.WorkedExamplesTest.offeredOf;
import static io.proffer.master.core.allocator.WorkedExamplesTest.suppressed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.resource.Resources;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.master.core.fact.Offer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Guarantees are served first, limits hold below the role too (allocator, sections 4 and 5). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass
@EnumSource
final class QuotaTest {
  private static final Duration LATER = Duration.ofSeconds(2);

  private final TestCluster cluster;

  QuotaTest(Tested tested) {
    cluster = tested.cluster();
  }

  private List<Offer> nextRun() {
    cluster.pass(LATER);
    return cluster.offers();
  }

  private static Resources plain(Offer offer) {
    return offer.resources().withoutAllocation();
  }

  private static Optional<Resources> of(String role, List<Offer> offers) {
    return offers.stream()
        .filter(offer -> offer.role().equals(role))
        .map(QuotaTest::plain)
        .reduce(Resources::plus);
  }

  @Test
  void aGuaranteeIsServedBeforeARoleWithASmallerShare() {
    cluster.setQuota("r", "cpus:3", "cpus:3");
    cluster.add(framework("fr", "r"));
    cluster.add(agent("s1", "cpus:2;mem:64"));
    cluster.accept(onlyOne(cluster.offers()), resources("cpus:2;mem:64"), 0);
    cluster.add(framework("fo", "o"));
    cluster.add(agent("s2", "cpus:1;mem:64"));
    assertEquals("r", onlyOne(nextRun()).role());
  }

  /** The run was past the stage of guarantees, and held back in the second what the first gives. */
  @Test
  void aGuaranteeThatMissesSomethingOnlySinceARunBeganIsServedByTheNext() {
    cluster.setQuota("r", "cpus:2", "");
    cluster.add(framework("fr", "r"));
    cluster.add(agent("s1", "cpus:2;mem:64"));
    cluster.accept(onlyOne(cluster.offers()), resources("cpus:2;mem:64"), 0);
    cluster.add(agent("s2", "cpus:2;mem:64"));
    cluster.pass(LATER);
    var offers = new ArrayList<Offer>();
    cluster
        .allocator()
        .allocate(0, cluster.moment())
        .forEach(grant -> offers.add(cluster.make(grant)));
    cluster.remove("s1");
    offers.addAll(cluster.offers());
    offers.addAll(nextRun());
    assertEquals(Optional.of(resources("cpus:2;mem:64")), of("r", offers));
  }

  /** Reservations count whether anybody holds them or not. */
  @Test
  void soIsOneThatWasMetByReservationsOfAnAgentThatWent() {
    cluster.setQuota("r", "cpus:2", "");
    cluster.add(framework("fr", "r"));
    cluster.add(agent("s1", "cpus(r):2;mem:64"));
    cluster.decline(onlyOne(cluster.offers()), 3600);
    cluster.add(agent("s2", "cpus:2;mem:64"));
    cluster.pass(LATER);
    var offers = new ArrayList<Offer>();
    cluster
        .allocator()
        .allocate(0, cluster.moment())
        .forEach(grant -> offers.add(cluster.make(grant)));
    cluster.remove("s1");
    offers.addAll(cluster.offers());
    offers.addAll(nextRun());
    assertEquals(Optional.of(resources("cpus:2;mem:64")), of("r", offers));
  }

  @Test
  void whatHasNoGuaranteeGoesAlongUpToItsLimit() {
    cluster.setQuota("r", "cpus:2", "mem:100;x:0");
    cluster.add(framework("fr", "r"));
    cluster.add(agent("s", "cpus:2;mem:512;disk:10;x:5;ports:[1-9]"));
    assertEquals(resources("cpus:2;mem:100;disk:10;ports:[1-9]"), plain(onlyOne(cluster.offers())));
  }

  @Test
  void moreThanTheGuaranteeGoesAlongWhenNobodyElseNeedsIt() {
    cluster.setQuota("r", "cpus:2", "");
    cluster.add(framework("fr", "r"));
    cluster.add(agent("s", "cpus:8;mem:512"));
    assertEquals(resources("cpus:8;mem:512"), plain(onlyOne(cluster.offers())));
  }

  @Test
  void oneGuaranteeDoesNotTakeWhatAnotherNeeds() {
    cluster.setQuota("q", "cpus:5", "");
    cluster.setQuota("r", "cpus:2", "");
    cluster.add(framework("fr", "r"));
    cluster.add(agent("s", "cpus:8;mem:512"));
    assertEquals(resources("cpus:3;mem:512"), plain(onlyOne(cluster.offers())));
    cluster.add(framework("fq", "q"));
    assertEquals(resources("cpus:5"), plain(onlyOne(nextRun())));
  }

  @Test
  void reservationsRevocablesAndPortsComeWithWhatIsGuaranteed() {
    cluster.setQuota("r", "cpus:1", "cpus:3");
    var info = Rows.info(FrameworkInfo.Capability.Type.REVOCABLE_RESOURCES);
    cluster.add(framework("fr", info, List.of("r"), List.of()));
    var extras = resources("cpus(r):0.5;ports:[1-2]").plus(Pieces.revocable("cpus", 3));
    cluster.add(agent("s", resources("cpus:4").plus(extras), AgentInfo.newBuilder()));
    // The reservation counts against the limit, what is revocable does not.
    assertEquals(resources("cpus:2.5").plus(extras), plain(onlyOne(cluster.offers())));
  }

  @Test
  void reservationsCountThoughNobodyUsesThem() {
    cluster.setQuota("r", "cpus:4", "cpus:4");
    cluster.add(suppressed("fr", "r"));
    cluster.add(framework("fo", "o"));
    cluster.add(agent("s1", "cpus(r):1;cpus(r/x):2"), agent("s2", "cpus:4;mem:64"));
    assertEquals(resources("cpus:3;mem:64"), plain(onlyOne(cluster.offers())));
  }

  @Test
  void whatIsReservedWaitsWhenTheGuaranteeIsSatisfied() {
    cluster.setQuota("r", "cpus:1", "cpus:1");
    cluster.add(framework("fr", "r"), framework("fo", "o"));
    cluster.add(agent("s", "cpus(r):1;cpus:2;mem:64"));
    var offers = cluster.offers();
    assertEquals(List.of("o", "r"), offers.stream().map(Offer::role).toList());
    assertEquals(Optional.of(resources("cpus:2;mem:64")), of("o", offers));
    assertEquals(Optional.of(resources("cpus(r):1")), of("r", offers));
  }

  @Test
  void aLimitHoldsForRolesBelow() {
    cluster.setQuota("r", "", "cpus:3;mem:100");
    cluster.add(framework("f1", "r/a"), framework("f2", "r"), framework("f3", "r/a/b"));
    cluster.add(agent("s1", "cpus:2;mem:64"), agent("s2", "cpus:2;mem:64"));
    cluster.add(agent("s3", "cpus:2;mem:64"));
    var offers = cluster.offers();
    assertEquals(3_000, offeredOf("cpus", offers));
    assertEquals(100_000, offeredOf("mem", offers));
  }

  @Test
  void aGuaranteeIsServedToRolesBelow() {
    cluster.setQuota("r", "cpus:2", "cpus:2");
    cluster.add(framework("fo", "o"), framework("fr", "r/a"));
    cluster.add(agent("s", "cpus:3;mem:64"));
    assertEquals(Optional.of(resources("cpus:2;mem:64")), of("r/a", cluster.offers()));
  }

  @Test
  void aWholeDiskThatIsLargerThanTheLimitIsNotGiven() {
    cluster.setQuota("r", "", "disk:50");
    cluster.add(framework("fr", "r"));
    var small = Pieces.mount("small", 30);
    var large = Pieces.mount("large", 60);
    var total = resources("cpus:1").plus(small).plus(large).plus(Pieces.path("dir", 90));
    cluster.add(agent("s", total, AgentInfo.newBuilder()));
    var offered = plain(onlyOne(cluster.offers()));
    assertTrue(
        !offered.contains(large) && offered.thousandths("disk") == 50_000, offered::toString);
  }

  @Test
  void twoWholeDisksAreNotGivenWhereOneFits() {
    cluster.setQuota("r", "", "disk:50");
    cluster.add(framework("fr", "r"));
    var total = resources("cpus:1").plus(Pieces.mount("one", 30)).plus(Pieces.mount("two", 30));
    cluster.add(agent("s", total, AgentInfo.newBuilder()));
    assertEquals(30_000, plain(onlyOne(cluster.offers())).thousandths("disk"));
  }

  @Test
  void aGuaranteeOfWhatNoAgentHasHoldsBackNothingElse() {
    cluster.setQuota("r", "unobtainium:5", "");
    cluster.add(framework("fr", "r"), framework("fo", "o"));
    cluster.add(agent("s1", "cpus:1;mem:64"), agent("s2", "cpus:1;mem:64"));
    assertEquals(2, cluster.offers().size());
  }

  @Test
  void agentsThatAreAwayAreHeadroomToo() {
    cluster.setQuota("r", "cpus:2", "");
    cluster.add(suppressed("fr", "r"));
    var away = agent("away", "cpus:2");
    cluster.add(away, agent("s", "cpus:2"));
    cluster.disconnect(away);
    cluster.add(framework("fo", "o"));
    assertEquals(resources("cpus:2"), plain(onlyOne(cluster.offers())));
  }

  @Test
  void whatWasTrimmedTooFarIsNotWorthAnOffer() {
    cluster.setQuota("r", "", "cpus:0.005;mem:31");
    cluster.add(framework("fr", "r"));
    cluster.add(agent("s", "cpus:4;mem:1024;ports:[1-9]"));
    assertEquals(List.of(), cluster.offers());
    cluster.setQuota("r", "", "cpus:0.01;mem:31");
    assertEquals(resources("cpus:0.01;mem:31;ports:[1-9]"), plain(onlyOne(nextRun())));
  }

  @Test
  void whatWasTrimmedIsHeldAgainstRefusals() {
    cluster.setQuota("r", "", "cpus:2");
    cluster.add(framework("fr", "r"));
    cluster.add(agent("s", "cpus:4"));
    cluster.decline(onlyOne(cluster.offers()), 60);
    cluster.setQuota("r", "", "cpus:1");
    assertEquals(List.of(), nextRun());
    cluster.setQuota("r", "", "cpus:3");
    assertEquals(resources("cpus:3"), plain(onlyOne(nextRun())));
  }

  @Test
  void aNewLimitTakesNothingAwayButGivesNoMore() {
    cluster.add(framework("fr", "r"));
    cluster.add(agent("s1", "cpus:4;mem:64"));
    cluster.accept(onlyOne(cluster.offers()), resources("cpus:4;mem:64"), 0);
    cluster.setQuota("r", "", "cpus:2");
    cluster.add(agent("s2", "cpus:4;mem:64"));
    assertEquals(resources("mem:64"), plain(onlyOne(nextRun())));
    cluster.setQuota("r", "", "");
    assertEquals(resources("cpus:4"), plain(onlyOne(nextRun())));
  }

  @Test
  void aQuotaThatIsSetWaitsForThePeriodicRun() {
    cluster.setQuota("r", "", "cpus:0;mem:0");
    cluster.add(framework("fr", "r"));
    cluster.add(agent("s", "cpus:1"));
    assertEquals(List.of(), cluster.offers());
    cluster.setQuota("r", "", "");
    assertEquals(List.of(), cluster.offersWithin(Duration.ofMillis(999)));
    onlyOne(cluster.offersWithin(Duration.ofMillis(1)));
  }
}
