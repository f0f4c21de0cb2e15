package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a live refusal takes of the heap: frameworks may fill it with a hundred thousand each. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class RefusalMemoryTest {
  private static final int AGENTS = 1000;
  private static final int FRAMEWORKS = 100;

  private final Declining cluster = new Declining(AGENTS, FRAMEWORKS, FRAMEWORKS);

  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static void assertLess(int most, long bytes, long refusals) {
    assertTrue(bytes / refusals < most, () -> bytes / refusals + " bytes a refusal");
  }

  @Test
  void whoRefusesAllOfAnAgentTakesLittle() {
    cluster.addAgents();
    cluster.run();
    long before = heap();
    long refusals = cluster.declineEverything();
    assertEquals(AGENTS * FRAMEWORKS, refusals);
    assertEquals(refusals, cluster.driver().liveRefusals());
    assertLess(100, heap() - before, refusals);
  }

  @Test
  void whereEachRefusesSomethingElseItTakesThatToo() {
    cluster.addAgents();
    long before = heap();
    long refusals = cluster.refuseOtherParts(FRAMEWORKS);
    assertLess(300, heap() - before, refusals);
  }
}
