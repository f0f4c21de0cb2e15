package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.fact.Orders;
import io.proffer.master.core.fact.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Only agents on hosts of the whitelist are offered. */
class WhitelistTest {
  private final TestCluster cluster = TestCluster.withDefaults();

  private void whitelist(String... hosts) {
    cluster.tell(new AgentEvent.Whitelisted(Optional.of(new TreeSet<>(List.of(hosts)))));
  }

  private List<String> offered() {
    return cluster.offers().stream().map(offer -> offer.agent().value()).sorted().toList();
  }

  @Test
  void anAgentOffTheListIsNotOffered() {
    whitelist("s2");
    cluster.add(Rows.agent("s1", "cpus:1;mem:64"), Rows.agent("s2", "cpus:1;mem:64"));
    cluster.add(Rows.framework("f1", "r"));

    assertEquals(List.of("s2"), offered());
  }

  @Test
  void anEmptyListLetsNoneBeOffered() {
    whitelist();
    cluster.add(Rows.agent("s1", "cpus:1;mem:64"));
    cluster.add(Rows.framework("f1", "r"));

    assertEquals(List.of(), offered());
  }

  @Test
  void oneThatIsListedAgainWaitsForThePeriodicRun() {
    whitelist();
    cluster.add(Rows.agent("s1", "cpus:1;mem:64"));
    cluster.add(Rows.framework("f1", "r"));
    assertEquals(List.of(), offered());

    whitelist("s1");

    assertEquals(List.of(), offered());
    cluster.pass(Duration.ofSeconds(1));
    assertEquals(List.of("s1"), offered());
  }

  @Test
  void withoutAListAllAre() {
    whitelist();
    cluster.add(Rows.agent("s1", "cpus:1;mem:64"), Rows.agent("s2", "cpus:1;mem:64"));
    cluster.add(Rows.framework("f1", "r"));
    cluster.tell(new AgentEvent.Whitelisted(Optional.empty()));
    cluster.pass(Duration.ofSeconds(1));

    assertEquals(List.of("s1", "s2"), offered());
  }

  @Test
  void whoAsksIsToldThatTheListIsWhy() {
    whitelist("s2");
    cluster.add(Rows.agent("s1", "cpus:1;mem:64"));
    cluster.add(Rows.framework("f1", "r"));
    assertEquals(Reason.AGENT_NOT_WHITELISTED, explained());

    whitelist("s1");
    assertEquals(Reason.NEXT_RUN, explained());

    cluster.tell(new AgentEvent.OrdersChanged(new AgentId("s1"), Orders.DEACTIVATED));
    assertEquals(Reason.AGENT_INACTIVE, explained());
  }

  /** Why the framework is not offered the agent. */
  private Reason explained() {
    var explanation =
        cluster
            .allocator()
            .explaining(new FrameworkId("f1"), Optional.of("r"), Optional.of(new AgentId("s1")))
            .orElseThrow()
            .go(new Allowance(1), cluster.moment())
            .orElseThrow();
    return explanation.roles().getFirst().findings().getFirst().reason();
  }
}
