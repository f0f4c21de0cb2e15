package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.master.core.allocator.policy.FairPolicy;
import io.proffer.master.core.allocator.policy.Policy;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.fact.Explanation;
import io.proffer.master.core.fact.Finding;
import io.proffer.master.core.fact.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An explanation is made bit by bit, and says the same as one that is made at once. */
class ExplainingTest {
  private final TestCluster cluster = TestCluster.withDefaults();

  private Explaining explaining() {
    return cluster
        .allocator()
        .explaining(new FrameworkId("f1"), Optional.empty(), Optional.empty())
        .orElseThrow();
  }

  private void fill() {
    for (int i = 0; i < 5; i++) {
      cluster.add(Rows.agent("s" + i, "cpus:1;mem:64"));
    }
    cluster.add(Rows.framework("f1", "r", "q"));
  }

  @Test
  void itLooksAtNoMoreAgentsATurnThanItMay() {
    fill();
    var whole = explaining().go(new Allowance(100), cluster.moment());
    var sliced = explaining();

    for (int slice = 0; slice < 3; slice++) {
      assertEquals(
          Optional.empty(),
          sliced.go(new Allowance(3), cluster.moment()),
          "2 roles, 5 agents each");
    }
    assertEquals(whole, sliced.go(new Allowance(3), cluster.moment()));
    assertEquals(2, whole.orElseThrow().roles().size());
  }

  @Test
  void whatOneLeavesOfTheAllowanceIsForTheNext() {
    fill();
    var allowance = new Allowance(15);

    assertTrue(explaining().go(allowance, cluster.moment()).isPresent(), "10 agents");
    assertEquals(Optional.empty(), explaining().go(allowance, cluster.moment()), "5 are left");
  }

  @Test
  void theHeadOfTheQueueIsLookedForOnceATurn() {
    var ranks = new AtomicInteger();
    var fair = new FairPolicy();
    Policy counting =
        standing -> {
          ranks.incrementAndGet();
          return fair.rank(standing);
        };
    var settings = AllocatorSettings.defaults().withPolicy(counting, counting);
    var counted = new TestCluster(new DrfAllocator(settings));
    var agent = Rows.agent("s", "cpus:1;mem:64");
    counted.add(agent);
    counted.add(Rows.framework("f1", "r1", "r2", "r3", "r4"));
    counted.disconnect(agent);
    ranks.set(0);

    explain(counted, Optional.of("r1"), new Allowance(100));
    int once = ranks.getAndSet(0);
    assertTrue(once > 0);
    var turn = new Allowance(100);
    explain(counted, Optional.empty(), turn);
    explain(counted, Optional.empty(), turn);
    assertEquals(once, ranks.getAndSet(0), "two explanations of 4 roles each");
  }

  private static void explain(TestCluster cluster, Optional<String> role, Allowance allowance) {
    var explanation =
        cluster
            .allocator()
            .explaining(new FrameworkId("f1"), role, Optional.empty())
            .orElseThrow()
            .go(allowance, cluster.moment());
    assertTrue(explanation.isPresent());
  }

  @Test
  void ofTwoOffersOneMayEnd() {
    cluster.add(Rows.framework("f1", "r"));
    cluster.add(Rows.agent("s", "cpus:1;mem:64"));
    var first = cluster.offers().getFirst();
    cluster.add(Rows.agent("s", "cpus:2;mem:64"));
    var second = cluster.offersWithin(Duration.ofMillis(10)).getFirst();
    assertEquals(Reason.OFFERED, reason("f1"));

    cluster.tell(new OfferEvent.Ended(first.id(), OfferEvent.End.ACCEPTED));
    assertEquals(Reason.OFFERED, reason("f1"));
    cluster.tell(new OfferEvent.Ended(second.id(), OfferEvent.End.ACCEPTED));
    assertEquals(Reason.NOTHING_LEFT, reason("f1"));
  }

  @Test
  void agentsThatGoMeanwhileAreLeftOut() {
    fill();
    var sliced = explaining();
    sliced.go(new Allowance(3), cluster.moment());

    cluster.tell(new AgentEvent.Removed(new AgentId("s4")));

    assertEquals(
        List.of(4, 4),
        sliced
            .go(new Allowance(100), cluster.moment())
            .map(Explanation::roles)
            .orElseThrow()
            .stream()
            .map(role -> role.findings().stream().mapToInt(Finding::agents).sum())
            .toList());
  }

  private Reason reason(String framework) {
    return cluster
        .allocator()
        .explaining(new FrameworkId(framework), Optional.empty(), Optional.empty())
        .orElseThrow()
        .go(new Allowance(100), cluster.moment())
        .orElseThrow()
        .roles()
        .getFirst()
        .findings()
        .getFirst()
        .reason();
  }

  @Test
  void aLimitThatLeavesEnoughIsNotWhatStandsInTheWay() {
    cluster.setQuota("kept", "cpus:10;mem:1024", "");
    cluster.setQuota("r", "", "cpus:4");
    cluster.add(Rows.framework("f1", "r"), Rows.framework("f2", "free"));
    cluster.add(Rows.agent("s", "cpus:10;mem:1024"));
    assertEquals(Reason.HEADROOM, reason("f1"));
    assertEquals(Reason.HEADROOM, reason("f2"));

    cluster.setQuota("r", "", "cpus:0;mem:0");
    assertEquals(Reason.QUOTA_LIMIT, reason("f1"));
  }

  @Test
  void whatBecomesOfTheFrameworkMeanwhileIsSaid() {
    fill();
    var sliced = explaining();
    sliced.go(new Allowance(3), cluster.moment());

    cluster.suppress("f1", "r", "q");

    var roles = sliced.go(new Allowance(100), cluster.moment()).orElseThrow().roles();
    for (var role : roles) {
      assertEquals(
          List.of(Reason.SUPPRESSED), role.findings().stream().map(Finding::reason).toList());
    }
  }
}
