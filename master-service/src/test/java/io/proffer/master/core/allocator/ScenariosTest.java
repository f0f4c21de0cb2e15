package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What is measured at large sizes does, at small ones, what it says. */
class ScenariosTest {

  @Test
  void eachRoundOffersEveryAgentUntilEverybodyRefusedIt() {
    var cluster = new Declining(30, 7, 7);
    cluster.addAgents();

    for (int round = 0; round < 7; round++) {
      assertEquals(30, cluster.run());
      cluster.declineAll();
    }

    cluster.returnAgents();
    assertEquals(0, cluster.run());
  }

  @Test
  void everythingIsRefusedAfterAsManyRefusalsAsThereArePairs() {
    var cluster = new Declining(30, 7, 7);
    cluster.addAgents();
    assertEquals(30, cluster.run());

    assertEquals(30 * 7, cluster.declineEverything());
  }

  @Test
  void whatRunningTasksLeaveIsRefusedByEverybodyToo() {
    var cluster = new Declining(30, 7, 7);
    cluster.addAgents();
    assertEquals(30, cluster.run());
    cluster.runTasks();
    assertEquals(30, cluster.run());

    assertEquals(30 * 7, cluster.declineEverything());
    cluster.returnAgents();
    assertEquals(0, cluster.run());
  }

  @Test
  void whoSuppressedIsOfferedNothing() {
    var cluster = new Declining(30, 7, 2);
    cluster.addAgents();
    assertEquals(30, cluster.run());

    assertEquals(30 * 2, cluster.declineEverything());
  }

  @Test
  void anAgentThatIsFreedIsOfferedAtOnce() {
    var cluster = new Declining(30, 7, 7);
    cluster.addAgents();
    assertEquals(30, cluster.run());

    assertEquals(12, cluster.freeSomeAgents(12));
  }

  @Test
  void allTasksOfTheMixedWorkloadAreLaunched() {
    var workload = new MixedWorkload(20, 1, 20, 10);

    int runs = workload.launchAll();

    assertTrue(runs >= 5, "small ones launch one of five tasks per run, not all in " + runs);
  }

  @Test
  void whatEndsIsLaunchedAnew() {
    var churn = new Churn(50, 20);
    assertEquals(churn.capacity(), churn.running());

    assertEquals(200, churn.second(200));
    assertEquals(churn.capacity(), churn.running());
  }
}
