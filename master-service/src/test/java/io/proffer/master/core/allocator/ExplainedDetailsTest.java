package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.DrainConfig;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.OfferFilters;
import io.proffer.api.v1.Value;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.fact.Drain;
import io.proffer.master.core.fact.Finding;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Offer;
import io.proffer.master.core.fact.Orders;
import io.proffer.master.core.fact.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The names and amounts that are told with a reason, and how those of many agents are merged. */
final class ExplainedDetailsTest {
  private static final String LEAST = "least worth an offer";
  private static final String USUAL = "cpus:0.01 or mem:32";

  private final TestCluster cluster = TestCluster.withDefaults();

  /** The only finding about the only role of f1. */
  private Finding finding(Reason expected) {
    return finding(expected, Optional.empty());
  }

  private Finding finding(Reason expected, Optional<AgentId> agent) {
    var role =
        cluster
            .allocator()
            .explaining(new FrameworkId("f1"), Optional.empty(), agent)
            .orElseThrow()
            .go(new Allowance(100), cluster.moment())
            .orElseThrow()
            .roles()
            .getFirst();
    assertEquals(1, role.findings().size(), role::toString);
    assertEquals(expected, role.findings().getFirst().reason());
    return role.findings().getFirst();
  }

  private void addAgent(String id, Resources resources) {
    cluster.add(Rows.agent(id, resources, AgentInfo.newBuilder()));
  }

  @Test
  void headroomTellsForWhomHowMuchIsKept() {
    cluster.setQuota("web", "cpus:10;mem:1024", "");
    cluster.setQuota("batch", "cpus:2", "");
    cluster.setQuota("limited", "", "cpus:1");
    cluster.add(Rows.framework("f1", "r"));
    cluster.add(Rows.agent("s", "cpus:10;mem:1024"));
    assertEquals(
        Map.of("kept for", "batch, web", "kept", "cpus 12, mem 1024", LEAST, USUAL),
        finding(Reason.HEADROOM).details());
  }

  @Test
  void headroomIsWhatGuaranteesStillMiss() {
    cluster.setQuota("web", "cpus:10;mem:1024", "");
    cluster.setQuota("met", "mem:64", "");
    use("web", "cpus:3.5;mem:1024");
    use("met", "mem:64");
    cluster.add(Rows.framework("f1", "r"));
    cluster.add(Rows.agent("s", "cpus:6.5"));
    assertEquals(
        Map.of("kept for", "web", "kept", "cpus 6.5", LEAST, USUAL),
        finding(Reason.HEADROOM, Optional.of(new AgentId("s"))).details());
  }

  @Test
  void aLimitIsToldWithWhatIsTakenOfIt() {
    cluster.setQuota("r", "", "cpus:4;mem:1024;gpus:0");
    use("r", "cpus:3.5;mem:1000;disk:7");
    cluster.add(wantingCpus("f1", "r", 1));
    cluster.add(Rows.agent("s", "cpus:2;mem:512"));

    assertEquals(
        Map.of(
            "of the limits of 'r' taken",
            "cpus 3.5 of 4, gpus 0 of 0, mem 1000 of 1024",
            LEAST,
            "cpus:1"),
        finding(Reason.QUOTA_LIMIT, Optional.of(new AgentId("s"))).details());
  }

  @Test
  void ofARoleBelowTheLimitsOfItsTopLevelRoleAreTold() {
    cluster.setQuota("a", "", "cpus:4");
    use("a/b", "cpus:1.25");
    use("a/c", "cpus:2.75");
    cluster.add(wantingCpus("f1", "a/b", 1));
    cluster.add(Rows.agent("s", "cpus:2"));

    assertEquals(
        Map.of("of the limits of 'a' taken", "cpus 4 of 4", LEAST, "cpus:1"),
        finding(Reason.QUOTA_LIMIT, Optional.of(new AgentId("s"))).details());
  }

  /** Somebody else, who wants no more, uses so much under a role. */
  private void use(String role, String resources) {
    cluster.add(Rows.framework("user of " + role, role));
    cluster.add(Rows.agent("agent of " + role, resources));
    cluster.pass(Duration.ofSeconds(2));
    var offer = cluster.offers().getFirst();
    assertEquals(Rows.resources(resources), offer.resources().withoutAllocation());
    cluster.accept(offer, offer.resources().withoutAllocation(), 0);
    cluster.suppress("user of " + role, role);
  }

  /** A framework to which only so many CPUs are worth an offer. */
  private static Framework wantingCpus(String id, String role, int cpus) {
    var least =
        OfferFilters.MinAllocatableResources.newBuilder()
            .addQuantities(
                OfferFilters.ResourceQuantities.newBuilder()
                    .putQuantities("cpus", Value.Scalar.newBuilder().setValue(cpus).build()));
    var info =
        Rows.info(FrameworkInfo.Capability.Type.MULTI_ROLE)
            .putOfferFilters(
                role, OfferFilters.newBuilder().setMinAllocatableResources(least).build());
    return Rows.framework(id, info, List.of(role), List.of());
  }

  @Test
  void tooLittleIsToldWithTheLeastThatIsOffered() {
    cluster.add(Rows.framework("f1", "r"));
    cluster.add(Rows.agent("s", "mem:8"));
    assertEquals(Map.of("at least", USUAL), finding(Reason.BELOW_MINIMUM).details());
  }

  @Test
  void capabilitiesOfAllAgentsAreNamedOnce() {
    cluster.add(Rows.framework("f1", "a/b"));
    addAgent("s1", Pieces.revocable("cpus", 3));
    addAgent("s2", Pieces.revocable("cpus", 2));
    assertEquals(Map.of("lacks", "REVOCABLE_RESOURCES"), finding(Reason.CAPABILITY).details());
  }

  @Test
  void ofMoreRolesThanAreListedItSaysThatThereAreMore() {
    cluster.add(Rows.framework("f1", "r"));
    for (int i = 1; i <= 5; i++) {
      cluster.add(Rows.agent("s" + i, "cpus(r" + i + "):1;mem(r" + i + "):64"));
    }
    assertEquals(
        Map.of("reserved for", "r1, r2, r3, r4, r5"),
        finding(Reason.RESERVED_FOR_OTHERS).details());

    cluster.add(Rows.agent("s6", "cpus(r6):1;mem(r6):64"));
    assertEquals(
        Map.of("reserved for", "r1, r2, r3, r4, r5 and more"),
        finding(Reason.RESERVED_FOR_OTHERS).details());
  }

  @Test
  void ofManyAgentsTheFirstTenAreExamples() {
    cluster.add(Rows.framework("f1", "r"));
    var expected = new ArrayList<AgentId>();
    for (int i = 99; i >= 80; i--) {
      cluster.add(Rows.agent("s" + i, "mem:8"));
      if (i < 80 + Finding.EXAMPLES) {
        expected.addFirst(new AgentId("s" + i));
      }
    }
    var finding = finding(Reason.BELOW_MINIMUM);
    assertEquals(20, finding.agents());
    assertEquals(10, finding.examples().size());
    assertEquals(List.copyOf(expected), finding.examples());
  }

  @Test
  void thePauseTellsHowManyAgentsAreAwaited() {
    cluster.setQuota("r", "cpus:1", "");
    cluster.allocator().recover(10, cluster.moment());
    cluster.add(Rows.framework("f1", "r"));
    cluster.add(Rows.agent("s1", "cpus:1"), Rows.agent("s2", "cpus:1"));
    assertEquals(Map.of("agents awaited", "6"), finding(Reason.PAUSED_FOR_RECOVERY).details());
  }

  @Test
  void aRefusalOfOneAgentIsToldWithItsEnd() {
    cluster.add(Rows.framework("f1", "r"));
    refuse("s1", 7.25);
    cluster.pass(Duration.ofSeconds(4));

    // The clock on the wall of these tests stands still at the epoch.
    assertEquals(
        Map.of("for", "3.3s more", "until", "1970-01-01T00:00:03.250Z"),
        finding(Reason.REFUSED).details());
    assertEquals(
        "The framework refused these resources a short while ago."
            + " (for: 3.3s more; until: 1970-01-01T00:00:03.250Z)",
        finding(Reason.REFUSED).sentence());
  }

  @Test
  void refusalsOfManyAgentsAreToldFromTheSoonestToTheLatestEnd() {
    cluster.add(Rows.framework("f1", "r"));
    refuse("s1", 60);
    refuse("s2", 3600);
    refuse("s3", 30);
    cluster.pass(Duration.ofSeconds(10));

    assertEquals(Map.of("for", "20.0s to 3588.0s more"), finding(Reason.REFUSED).details());
    var second = finding(Reason.REFUSED, Optional.of(new AgentId("s2"))).details();
    assertEquals(Map.of("for", "3588.0s more", "until", "1970-01-01T00:59:48Z"), second);
  }

  @Test
  void ofSeveralRefusalsOfAnAgentTheLastOneCounts() {
    cluster.add(Rows.framework("f1", "r"));
    refuse("s1", 100);
    cluster.add(Rows.agent("s1", "cpus:2;mem:128"));
    cluster.pass(Duration.ofSeconds(2));
    cluster.decline(cluster.offers().getFirst(), 5);
    cluster.add(Rows.agent("s1", "cpus:1;mem:64"));

    assertEquals("98.0s more", finding(Reason.REFUSED).details().get("for"));
  }

  /** Two seconds pass, in which an agent comes that f1 refuses for so long. */
  private void refuse(String agent, double seconds) {
    cluster.add(Rows.agent(agent, "cpus:1;mem:64"));
    cluster.pass(Duration.ofSeconds(2));
    var offers = cluster.offers();
    assertEquals(List.of(new AgentId(agent)), offers.stream().map(Offer::agent).toList());
    cluster.decline(offers.getFirst(), seconds);
  }

  @Test
  void ofAgentsOutOfServiceItIsCountedWhatEachOfThemIs() {
    cluster.add(Rows.framework("f1", "r"));
    for (var id : List.of("away", "off", "drains", "drained", "awayAndDrains", "leaves")) {
      cluster.add(Rows.agent(id, "cpus:1;mem:64"));
    }
    var drain = new Drain(DrainConfig.getDefaultInstance(), Instant.EPOCH, false);
    cluster.disconnect(Rows.agent("away", "cpus:1"));
    order("off", Orders.DEACTIVATED);
    order("drains", Orders.draining(drain));
    order("drained", Orders.draining(drain.completed()));
    cluster.disconnect(Rows.agent("awayAndDrains", "cpus:1"));
    order("awayAndDrains", Orders.draining(drain));
    order("leaves", Orders.draining(drain));

    assertEquals(
        Map.of("deactivated", "1", "disconnected", "2", "drained", "1", "draining", "3"),
        finding(Reason.AGENT_INACTIVE).details());
    assertEquals(
        Map.of("draining", "1"),
        finding(Reason.AGENT_INACTIVE, Optional.of(new AgentId("drains"))).details());
  }

  @Test
  void whatIsOutOfServiceIsSoWhateverTheWhitelist() {
    cluster.add(Rows.framework("f1", "r"));
    cluster.add(Rows.agent("s", "cpus:1;mem:64"));
    cluster.tell(new AgentEvent.Whitelisted(Optional.of(new TreeSet<>())));
    assertEquals(Map.of(), finding(Reason.AGENT_NOT_WHITELISTED).details());

    order("s", Orders.DEACTIVATED);
    assertEquals(Map.of("deactivated", "1"), finding(Reason.AGENT_INACTIVE).details());
  }

  private void order(String agent, Orders orders) {
    cluster.tell(new AgentEvent.OrdersChanged(new AgentId(agent), orders));
  }
}
