package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.AgentInfo;
import io.proffer.master.core.fact.Finding;
import io.proffer.master.core.fact.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The names and amounts that are told with a reason, and how those of many agents are merged. */
final class ExplainedDetailsTest {
  private final TestCluster cluster = TestCluster.withDefaults();

  /** The only finding about the only role of f1. */
  private Finding finding(Reason expected) {
    var role =
        cluster
            .allocator()
            .explaining(new FrameworkId("f1"), Optional.empty(), Optional.empty())
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
        Map.of("kept for", "batch, web", "kept", "cpus 12, mem 1024"),
        finding(Reason.HEADROOM).details());
  }

  @Test
  void tooLittleIsToldWithTheLeastThatIsOffered() {
    cluster.add(Rows.framework("f1", "r"));
    cluster.add(Rows.agent("s", "mem:8"));
    assertEquals(
        Map.of("at least", MinAllocatable.parse("cpus:0.01|mem:32").text()),
        finding(Reason.BELOW_MINIMUM).details());
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
}
