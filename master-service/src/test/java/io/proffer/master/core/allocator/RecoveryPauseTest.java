package io.proffer.master.core.allocator;

import static io.proffer.master.core.allocator.DrfOrderTest.onlyOne;
import static io.proffer.master.core.allocator.Rows.agent;
import static io.proffer.master.core.allocator.Rows.framework;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.master.core.event.AgentEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A new master with quotas waits for most of the agents it should have (allocator, section 8). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass
@EnumSource
final class RecoveryPauseTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private final TestCluster cluster;

  RecoveryPauseTest(Tested tested) {
    cluster = tested.cluster();
  }

  private void recover(int knownAgents) {
    cluster.allocator().recover(knownAgents, cluster.moment());
  }

  private void recoverWithQuota(int knownAgents) {
    cluster.setQuota("q", "cpus:1", "");
    recover(knownAgents);
    cluster.add(framework("f", "r"));
  }

  private void addAgents(int from, int to) {
    for (int i = from; i < to; i++) {
      cluster.add(agent("s" + i, "cpus:1"));
    }
  }

  @Test
  void withoutQuotaThereIsNoPause() {
    recover(10);
    cluster.add(framework("f", "r"));
    addAgents(0, 1);
    onlyOne(cluster.offers());
  }

  @Test
  void aQuotaThatWasRemovedIsNone() {
    cluster.setQuota("q", "cpus:1", "");
    cluster.setQuota("q", "", "");
    recover(10);
    cluster.add(framework("f", "r"));
    addAgents(0, 1);
    onlyOne(cluster.offers());
  }

  @Test
  void nothingIsOfferedUntilMostAgentsAreThere() {
    recoverWithQuota(10);
    addAgents(0, 7);
    assertEquals(List.of(), cluster.offersWithin(Duration.ofMinutes(2)));
    addAgents(7, 8);
    assertEquals(7, cluster.offersWithin(Duration.ofMillis(10)).size(), "all but the guarantee");
  }

  @Test
  void fourFifthsAreRoundedDown() {
    recoverWithQuota(4);
    addAgents(0, 2);
    assertEquals(List.of(), cluster.offersWithin(Duration.ofMinutes(2)));
    addAgents(2, 3);
    assertEquals(2, cluster.offersWithin(Duration.ofMillis(10)).size());
  }

  @Test
  void fourFifthsOfOneAreNothingToWaitFor() {
    recoverWithQuota(1);
    addAgents(0, 2);
    onlyOne(cluster.offers());
  }

  @Test
  void agentsThatComeBackWithinTheTimeOfThisMasterAreNotCountedAgain() {
    recoverWithQuota(4);
    addAgents(0, 2);
    cluster.tell(new AgentEvent.Reregistered(agent("s0", "cpus:1")));
    assertEquals(List.of(), cluster.offersWithin(Duration.ofMinutes(2)));
  }

  @Test
  void itEndsWithItsTimeHoweverFewCame() {
    recoverWithQuota(10);
    addAgents(0, 2);
    long start = cluster.now();
    onlyOne(cluster.offersWithin(TIMEOUT.plusSeconds(2)));
    assertEquals(TIMEOUT.toNanos(), cluster.now() - start);
  }

  @Test
  void itHoldsToTheLastMoment() {
    recoverWithQuota(10);
    addAgents(0, 2);
    cluster.pass(TIMEOUT.minusNanos(1));
    assertEquals(List.of(), cluster.offers());
    cluster.pass(Duration.ofNanos(1));
    onlyOne(cluster.offers());
  }

  @Test
  void whatHappenedMeanwhileIsFoundEverywhereAtOnce() {
    recoverWithQuota(5);
    addAgents(0, 3);
    cluster.suppress("f", "r");
    cluster.revive("f", "r");
    cluster.pass(Duration.ofMillis(1));
    addAgents(3, 4);
    assertEquals(3, cluster.offers().size());
  }
}
