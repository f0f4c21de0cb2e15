package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of a stage is the same however many agents are put in order at once. */
final class VisitsTest {
  private static final long SEED = 7;
  private static final long RUN = 3;

  private final AgentNumbers numbers = new AgentNumbers();

  private List<AgentEntry> agents(int count) {
    var agents = new ArrayList<AgentEntry>();
    for (int i = 0; i < count; i++) {
      var row = Rows.agent("s" + i, "cpus:1;mem:64");
      var agent = new AgentEntry(row.id(), numbers);
      agent.update(row, AllocatorSettings.defaults());
      agents.add(agent);
    }
    return agents;
  }

  private static List<AgentEntry> visited(Visits visits) {
    while (!visits.allDrawn()) {
      visits.draw(new Budget(Long.MAX_VALUE));
    }
    var visited = new ArrayList<AgentEntry>();
    while (visits.present() != null) {
      visited.add(visits.present());
      visits.leave();
    }
    return visited;
  }

  private static List<AgentEntry> byRank(List<AgentEntry> agents, long seed) {
    return agents.stream()
        .sorted(Comparator.comparingLong(agent -> KeyedHash.rank(seed, agent.hash())))
        .toList();
  }

  @Test
  void eachStageHasAllInTheOrderOfItsRanks() {
    for (int count : new int[] {0, 1, 2, 31, 64, 65, 1000, 5000}) {
      var agents = agents(count);
      var visits = new Visits(agents, count, RUN);
      visits.begin(SEED);
      assertEquals(byRank(agents, SEED), visited(visits));
      visits.begin(~SEED);
      assertEquals(byRank(agents, ~SEED), visited(visits));
    }
  }

  @Test
  void drawingEndsWithTheBudgetAndGoesOnWithTheNext() {
    var agents = agents(1000);
    var visits = new Visits(agents, 0, RUN);
    visits.begin(SEED);
    int slices = 0;
    while (!visits.allDrawn()) {
      assertNull(visits.present());
      visits.draw(new Budget(10));
      slices++;
    }
    // Four are drawn for a unit.
    assertEquals(25, slices);
    assertEquals(byRank(agents, SEED), visited(visits));
  }

  @Test
  void whoIsThereTwiceIsVisitedOnceAndThoroughlyIfItsFirstPlaceSaysSo() {
    var agents = agents(100);
    var twice = new ArrayList<>(agents.subList(0, 10));
    twice.addAll(agents);
    var visits = new Visits(twice, 10, RUN);
    visits.begin(SEED);
    assertEquals(byRank(agents, SEED), visited(visits));
    for (int i = 0; i < agents.size(); i++) {
      assertEquals(i < 10, agents.get(i).examineAllInRun == RUN, "agent " + i);
    }
  }

  @Test
  void whoHasNothingOrIsAwayIsPassedOver() {
    var agents = agents(3);
    agents.get(0).take(agents.get(0).total());
    agents.get(1).disconnect();
    var visits = new Visits(agents, 3, RUN);
    visits.begin(SEED);
    assertEquals(List.of(agents.get(2)), visited(visits));
  }

  @Test
  void aRunOfManyAgentsBeginsInSlices() {
    var cluster = TestCluster.withDefaults();
    cluster.add(Rows.framework("f", "r"));
    assertEquals(List.of(), cluster.offers());
    cluster.pass(Duration.ofSeconds(1));
    for (int i = 0; i < 1000; i++) {
      cluster.add(Rows.agent("s" + i, "cpus:1;mem:64"));
    }
    // 100 units draw 400 places.
    assertTrue(cluster.allocator().allocate(100, cluster.moment()).isEmpty());
    assertTrue(cluster.allocator().allocate(100, cluster.moment()).isEmpty());
    assertFalse(cluster.allocator().allocate(100, cluster.moment()).isEmpty());
  }
}
