package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.fact.Explanation;
import io.proffer.master.core.fact.Finding;
import io.proffer.master.core.fact.Reason;
import java.util.List;
import java.util.Optional;
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
