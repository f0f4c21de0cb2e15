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

  /** Of what is given, this part is little to do. */
  private static final int FEW = 4;

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
   * @param spent units of its budget that the allocator's last slice spent. Where they are few, the
   *     allocator had little to do: that a tick was short says nothing about how much fits into
   *     one, and it was something else that made it long
   */
  public void turned(Command command, long nanos, long spent) {
    if (command instanceof ClockCommand.Tick(var given)) {
      if (nanos > GOAL_NANOS && spent > given / FEW) {
        budget = Math.max(LEAST, budget / 2);
      } else if (nanos < GOAL_NANOS / 2 && spent >= given) {
        budget = Math.min(MOST, budget + budget / 8);
      }
    }
  }
}
