package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.master.core.allocator.policy.FairPolicy;
import io.proffer.master.core.allocator.policy.PriorityPolicy;
import io.proffer.master.core.fact.Finding;
import io.proffer.master.core.fact.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who is told to come first, and why: what is said is what decides. */
final class QueueTest {
  private TestCluster cluster = TestCluster.withDefaults();

  /** Gives so many agents of ten to a framework, which is the only one to want any. */
  private void give(String framework, String role, int agents) {
    cluster.add(Rows.framework(framework, role));
    for (int i = 0; i < agents; i++) {
      cluster.add(Rows.agent(framework + "-" + i, "cpus:1;mem:64"));
      cluster.pass(Duration.ofSeconds(2));
      for (var offer : cluster.offers()) {
        assertEquals(framework, offer.framework().value());
        cluster.accept(offer, offer.resources().withoutAllocation(), 0);
      }
    }
    cluster.suppress(framework, role);
  }

  private void wantAgain(String framework, String role) {
    cluster.revive(framework, role);
  }

  private Map<String, String> told(String framework) {
    var findings =
        cluster
            .allocator()
            .explaining(new FrameworkId(framework), Optional.empty(), Optional.of(new AgentId("x")))
            .orElseThrow()
            .go(new Allowance(100), cluster.moment())
            .orElseThrow()
            .roles()
            .getFirst()
            .findings();
    assertEquals(List.of(Reason.BEHIND), findings.stream().map(Finding::reason).toList());
    return findings.getFirst().details();
  }

  private static Map<String, String> of(String framework, String first, String self) {
    return Map.of(
        Finding.FRAMEWORK_IN_FRONT, framework, "first in the queue", first, "this framework", self);
  }

  @Test
  void theShareIsThatOfTheClusterAndTheWeightIsToldBesides() {
    cluster.weigh("heavy", 4);
    give("f1", "heavy", 6);
    give("f2", "light", 3);
    wantAgain("f1", "heavy");
    wantAgain("f2", "light");
    cluster.add(Rows.agent("x", "cpus:1;mem:64"));

    assertEquals(
        of(
            "f1",
            "role 'heavy', where 'heavy' has 0.6000 of the cluster, weight 4, which counts as"
                + " 0.1500",
            "role 'light', where 'light' has 0.3000 of the cluster, weight 1, which counts as"
                + " 0.3000"),
        told("f2"));
  }

  @Test
  void theFirstPlaceInTheTreeWhereTheyPartIsTold() {
    cluster.weigh("a", 10);
    give("f1", "a/x", 6);
    give("f2", "c", 3);
    wantAgain("f1", "a/x");
    wantAgain("f2", "c");
    cluster.add(Rows.agent("x", "cpus:1;mem:64"));

    assertEquals(
        of(
            "f1",
            "role 'a/x', where 'a' has 0.6000 of the cluster, weight 10, which counts as 0.0600",
            "role 'c', where 'c' has 0.3000 of the cluster, weight 1, which counts as 0.3000"),
        told("f2"));
  }

  @Test
  void aRoleCompetesWithThoseBelowIt() {
    give("f1", "a", 6);
    give("f2", "a/b", 3);
    wantAgain("f1", "a");
    wantAgain("f2", "a/b");
    cluster.add(Rows.agent("x", "cpus:1;mem:64"));

    assertEquals(
        of(
            "f2",
            "role 'a/b', where 'a/b' has 0.3000 of the cluster, weight 1, which counts as 0.3000",
            "role 'a', where 'a/.' has 0.6000 of the cluster, weight 1, which counts as 0.6000"),
        told("f1"));
  }

  @Test
  void frameworksOfARoleAreComparedByTheirOwnShares() {
    give("f1", "r", 2);
    give("f2", "r", 7);
    wantAgain("f1", "r");
    wantAgain("f2", "r");
    cluster.add(Rows.agent("x", "cpus:1;mem:64"));

    assertEquals(
        of(
            "f1",
            "role 'r', where it has 0.2000 of the cluster, which counts as 0.2000",
            "role 'r', where it has 0.7000 of the cluster, which counts as 0.7000"),
        told("f2"));
  }

  @Test
  void ofEqualOnesTheOffersAreTold() {
    cluster.add(Rows.framework("f1", "r"), Rows.framework("f2", "s"));
    cluster.add(Rows.agent("x", "cpus:1;mem:64"));

    assertEquals(
        of(
            "f1",
            "role 'r', where 'r' has 0.0000 of the cluster, weight 1, which counts as 0.0000,"
                + " with 0 offers so far",
            "role 's', where 's' has 0.0000 of the cluster, weight 1, which counts as 0.0000,"
                + " with 0 offers so far"),
        told("f2"));
  }

  @Test
  void bandsAreTold() {
    var policy = new PriorityPolicy(List.of("prod"));
    cluster =
        new TestCluster(
            new DrfAllocator(AllocatorSettings.defaults().withPolicy(policy, new FairPolicy())));
    give("f1", "prod", 6);
    give("f2", "batch", 3);
    wantAgain("f1", "prod");
    wantAgain("f2", "batch");
    cluster.add(Rows.agent("x", "cpus:1;mem:64"));

    assertEquals(
        of(
            "f1",
            "role 'prod', where 'prod' has 0.6000 of the cluster, weight 1, which counts as"
                + " 0.6000, in band 1",
            "role 'batch', where 'batch' has 0.3000 of the cluster, weight 1, which counts as"
                + " 0.3000, in the last band"),
        told("f2"));
  }
}
