package io.proffer.master;

import io.proffer.master.core.command.ClockCommand;
import io.proffer.master.core.command.Command;
import java.time.Duration;

/**
 * How many candidates a tick may let the allocator examine, so that its turn takes about 5 ms: the
 * core counts, this measures. Of the loop's thread.
 */
public final class AllocationBudget {
  private static final long GOAL_NANOS = Duration.ofMillis(5).toNanos();
  private static final long LEAST = 200;

  /**
   * About 5 ms of grants or of examinations: where work was cheap so far, dear work that comes next
   * is not one long turn.
   */
  private static final long MOST = 20_000;

  private long budget = 2_000;

  /** The command that stands for "time has passed". */
  public ClockCommand.Tick tick() {
    return new ClockCommand.Tick(budget);
  }

  /**
   * A command was dealt with.
   *
   * @param nanos how long that took
   * @param spent whether the allocator wants to go on at once. Else it had little to do, and how
   *     short that was says nothing about how much fits into a turn
   */
  public void turned(Command command, long nanos, boolean spent) {
    if (command instanceof ClockCommand.Tick) {
      if (nanos > GOAL_NANOS) {
        budget = Math.max(LEAST, budget / 2);
      } else if (spent && nanos < GOAL_NANOS / 2) {
        budget = Math.min(MOST, budget + budget / 8);
      }
    }
  }
}
