package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.OfferFilters;
import io.proffer.master.core.allocator.policy.RandomPolicy;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.RoleEvent;
import io.proffer.master.core.fact.Offer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What runs cost, in slices of 2,000 units each: whatever can tell nobody anything new must not be
 * looked at.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class RunCostTest {
  private static final String ALL = "cpus:24;mem:65536;disk:1048576;ports:[31000-32000]";

  /** What one task leaves of it. */
  private static final String LEFT = "cpus:23;mem:60000;disk:1048576;ports:[31002-32000]";

  private Driver driver = Driver.ofDefaults();

  @Test
  void anAgentWithTooLittleForAnybodyIsLeftAtOnce() {
    frameworks(1000, 20);
    var offers = agents(100);
    giveBack(offers, "disk:1048576;ports:[31000-32000]");

    driver.resetClock();
    assertEquals(List.of(), driver.run());

    assertTrue(driver.slices() <= 2, () -> driver.slices() + " slices");
  }

  @Test
  void whoIsContentWithLessStillGetsIt() {
    frameworks(10, 2);
    var offers = agents(3);
    giveBack(offers, "ports:[31000-32000]");
    assertEquals(List.of(), driver.run());

    var content = Rows.framework("f-small", anything(), List.of("role1"), List.of());
    driver.tell(List.of(new FrameworkEvent.Added(content)));
    driver.pass(Duration.ofSeconds(1));

    assertEquals(3, driver.run().size());
  }

  @Test
  void whatEverybodyRefusedBesideRunningTasksIsPassedOverInBulk() {
    frameworks(200, 20);
    var offers = agents(50);
    giveBack(offers, LEFT);
    declineEverything();

    driver.resetClock();
    assertEquals(List.of(), agents(50));
    assertEquals(1, driver.slices());

    // A task ends: there is more than anybody refused.
    driver.tell(List.of(Driver.freed(running(offers.getFirst()))));
    driver.pass(Duration.ofSeconds(1));
    assertEquals(1, driver.run().size());
  }

  @Test
  void whoAcceptsPartOfWhatOthersRefusedLeavesThemRefusing() {
    frameworks(3, 1);
    giveBack(agents(1), LEFT);
    declineEverything();
    driver.tell(List.of(new FrameworkEvent.Added(Rows.framework("f-new", "role0"))));
    driver.pass(Duration.ofSeconds(1));
    var offers = driver.run();
    giveBack(offers, "cpus:20;mem:60000;disk:1048576;ports:[31002-32000]");

    // Nobody but the one that took something is offered what is left, until it refuses, too.
    assertEquals("f-new", declineEverything().getFirst().framework().value());
    assertEquals(List.of(), agents(1));
  }

  /** Whatever is offered is declined for long, until nobody is offered anything. */
  private List<Offer> declineEverything() {
    var all = new ArrayList<Offer>();
    for (var offers = driver.run(); !offers.isEmpty(); offers = driver.run()) {
      all.addAll(offers);
      driver.tell(
          offers.stream().map(o -> Driver.unused(o, o.resources(), Duration.ofDays(300))).toList());
      driver.pass(Duration.ofSeconds(1));
    }
    return all;
  }

  /** What the framework runs when {@link #LEFT} came back of its offer. */
  private static Offer running(Offer offer) {
    var left = Rows.resources(LEFT).withAllocation(offer.role());
    return new Offer(
        offer.id(), offer.framework(), offer.agent(), offer.role(), offer.resources().minus(left));
  }

  /** Agents that no limit lets anybody have, and 1,500 frameworks that are at theirs. */
  @Test
  void whoHasReachedALimitIsNotLookedAt() {
    var cluster = new QuotaCluster(250, 50, 5, 30);
    assertEquals(500, cluster.run());
    cluster.returnAgents();
    cluster.driver().resetClock();

    assertEquals(0, cluster.run());

    // Of those who pass 16 are a unit.
    long slices = 1 + 30 * 300 / 16 / 2000;
    assertTrue(cluster.driver().slices() <= slices, () -> cluster.driver().slices() + " slices");
  }

  /** Limits do not cut what is reserved. */
  @Test
  void butItIsOfferedWhatIsReservedToIt() {
    driver.tell(List.of(new RoleEvent.QuotasSet(List.of(Rows.quota("r", "", "cpus:1;mem:64")))));
    driver.tell(List.of(new FrameworkEvent.Added(Rows.framework("f", "r"))));
    assertEquals(1, agents(1, "cpus:1;mem:64").size());

    var reserved = Rows.agent("reserved", "cpus:8;mem:64;cpus(r):2");
    driver.tell(List.of(new AgentEvent.Registered(reserved)));
    driver.pass(Duration.ofSeconds(1));

    var offer = driver.run().getFirst();
    assertEquals(Rows.resources("cpus(r):2").withAllocation("r"), offer.resources());
  }

  @Test
  void whoRevivesIsLookedAtWithoutAllOthers() {
    // Nobody may have GPUs, so that agents stay candidates and nothing is ever granted.
    frameworks(1000, 1000);
    agents(400, "cpus:1;mem:64;gpus:1");
    revive("f-00007", "role7");

    assertEquals(1, driver.slices());
  }

  @Test
  void whoRevivesIsLookedAtWithoutAllOthersOfTheRole() {
    frameworks(1000, 1);
    agents(400, "cpus:1;mem:64;gpus:1");
    revive("f-00007", "role0");

    assertEquals(1, driver.slices());
  }

  @Test
  void thoseThatAreDrawnForAnAgentArePaidFor() {
    var random = new RandomPolicy();
    driver = new Driver(new DrfAllocator(AllocatorSettings.defaults().withPolicy(random, random)));
    frameworks(1000, 1000);
    driver.resetClock();

    assertEquals(100, agents(100).size());

    // A unit for four that are drawn, and a grant for each agent.
    long units = 100 * 1000 / 4 + 100 * 16;
    assertTrue(driver.slices() >= units / 2000, () -> driver.slices() + " slices");
  }

  @Test
  void theStartOfALargeRunIsPaidFor() {
    var cluster = TestCluster.withDefaults();
    cluster.add(Rows.framework("f1", "r"));
    for (int i = 0; i < 10_000; i++) {
      cluster.add(Rows.agent("S" + i, "cpus:1;mem:64"));
    }

    assertEquals(List.of(), cluster.allocator().allocate(2_000, cluster.moment()));
    assertEquals(10_000, cluster.offers(2_000).size());
  }

  private void revive(String framework, String role) {
    var id = Rows.framework(framework, role).id();
    driver.tell(List.of(new FrameworkEvent.Revived(id, List.of(role))));
    driver.pass(Duration.ofSeconds(1));
    driver.resetClock();
    assertEquals(List.of(), driver.run());
  }

  private static FrameworkInfo.Builder anything() {
    var filters =
        OfferFilters.newBuilder()
            .setMinAllocatableResources(OfferFilters.MinAllocatableResources.getDefaultInstance());
    return Rows.info(FrameworkInfo.Capability.Type.MULTI_ROLE)
        .putOfferFilters("role1", filters.build());
  }

  private void frameworks(int count, int roles) {
    var events = new ArrayList<Event>();
    for (int i = 0; i < count; i++) {
      events.add(
          new FrameworkEvent.Added(Rows.framework("f-%05d".formatted(i), "role" + i % roles)));
    }
    driver.tell(events);
    driver.pass(Duration.ofSeconds(1));
    driver.run();
  }

  private List<Offer> agents(int count) {
    return agents(count, ALL);
  }

  private List<Offer> agents(int count, String resources) {
    var events = new ArrayList<Event>();
    for (int i = 0; i < count; i++) {
      events.add(new AgentEvent.Registered(Rows.agent("S" + i, resources)));
    }
    driver.tell(events);
    driver.pass(Duration.ofSeconds(1));
    return driver.run();
  }

  /** Of each offer this comes back, and all else is used. */
  private void giveBack(List<Offer> offers, String rest) {
    var back = new ArrayList<Event>();
    for (var offer : offers) {
      back.add(Driver.unused(offer, Rows.resources(rest), Duration.ZERO));
    }
    driver.tell(back);
    driver.pass(Duration.ofSeconds(1));
  }
}
