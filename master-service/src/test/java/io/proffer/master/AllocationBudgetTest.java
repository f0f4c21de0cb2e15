package io.proffer.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.master.core.command.AgentCommand;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How much a tick may let the allocator do follows from how long ticks took. */
final class AllocationBudgetTest {
  private static final long MOST = 20_000;
  private static final long LEAST = 200;

  private final AllocationBudget budget = new AllocationBudget();

  private long given() {
    return budget.tick().allocationBudget();
  }

  private void turned(double millis, long spent) {
    budget.turned(budget.tick(), (long) (millis * 1e6), spent);
  }

  /** Turns of an allocator to which a unit takes so long, until it was told a hundred times. */
  private double turnMillisOnceSettled(double unitNanos) {
    for (int i = 0; i < 100; i++) {
      turned(given() * unitNanos / 1e6, given());
    }
    return given() * unitNanos / 1e6;
  }

  @Test
  void itSettlesWhereTurnsTakeHalfOfTheGoalToAllOfIt() {
    for (var unitNanos : new double[] {250, 700, 2_000, 10_000}) {
      double millis = turnMillisOnceSettled(unitNanos);
      assertTrue(millis >= 2.5 && millis <= 5, () -> unitNanos + " ns a unit: " + millis + " ms");
    }
  }

  @Test
  void oneLongTurnHalvesIt() {
    long before = given();
    turned(5.1, before / 2);
    assertEquals(before / 2, given());
  }

  /** Else a busy machine on which nothing is offered would leave the next run the least. */
  @Test
  void whatElseMadeATurnLongLeavesItAlone() {
    long before = given();
    turned(50, 0);
    turned(50, before / 4);
    assertEquals(before, given());
  }

  @Test
  void turnsWithLittleToDoLeaveItAlone() {
    long before = given();
    for (int i = 0; i < 1000; i++) {
      turned(0.01, given() - 1);
    }
    assertEquals(before, given());
  }

  @Test
  void shortTurnsThatSpentItLetItGrowToAnEnd() {
    turned(2, given());
    assertEquals(2_250, given());
    turnMillisOnceSettled(0.1);
    assertEquals(MOST, given());
  }

  @Test
  void someIsAlwaysLeft() {
    turnMillisOnceSettled(1e6);
    assertEquals(LEAST, given());
  }

  @Test
  void otherCommandsSayNothingAboutIt() {
    long before = given();
    var ended = new AgentCommand.SessionEnded("s");
    budget.turned(ended, Duration.ofSeconds(1).toNanos(), before);
    budget.turned(ended, 1, before);
    assertEquals(before, given());
  }
}
