package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.id.AgentId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Agents that wait for a visit wait in each list once. */
final class WaitingTest {
  private final Waiting waiting = new Waiting();
  private final AgentNumbers numbers = new AgentNumbers();
  private final AgentEntry one = new AgentEntry(new AgentId("one"), numbers);
  private final AgentEntry two = new AgentEntry(new AgentId("two"), numbers);

  @Test
  void theUrgentAreTakenAndThePatientStay() {
    waiting.addSoon(one);
    waiting.addLater(two);
    waiting.addSoon(one);
    waiting.addLater(one);
    assertEquals(List.of(one), waiting.takeUrgent());
    assertEquals(List.of(), waiting.takeUrgent());
    assertEquals(List.of(two), waiting.takeAll());
    assertEquals(List.of(), waiting.takeAll());
  }

  /** A hundred urgent runs may come before the next periodic one. */
  @Test
  void whoWaitsPatientlyDoesSoOnceHoweverOftenItIsTakenForUrgent() {
    for (int i = 0; i < 100; i++) {
      waiting.addLater(one);
      waiting.addSoon(one);
      waiting.addSoon(two);
      waiting.addLater(two);
      assertEquals(List.of(one, two), waiting.takeUrgent());
    }
    assertEquals(List.of(one), waiting.takeAll());
  }

  @Test
  void whoWasTakenMayWaitAgain() {
    waiting.addLater(one);
    assertEquals(List.of(one), waiting.takeAll());
    waiting.addLater(one);
    assertEquals(List.of(one), waiting.takeAll());
  }
}
