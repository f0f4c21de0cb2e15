package io.proffer.master;

import io.proffer.kernel.TurnListener;
import io.proffer.master.core.command.ClockCommand;
import io.proffer.master.core.command.Command;
import java.time.Duration;

/**
 * How many candidates a tick may let the allocator examine, so that its turn takes about 5 ms: the
 * core counts, this measures. Of the loop's thread.
 */
final class AllocationBudget implements TurnListener<Command> {
  private static final long GOAL_NANOS = Duration.ofMillis(5).toNanos();
  private static final long LEAST = 200;

  /**
   * About 5 ms of grants or of examinations. Ticks without work are short and let the budget grow;
   * without this end the first long run after a quiet hour would be one turn.
   */
  private static final long MOST = 20_000;

  private long budget = 2_000;

  /** The command that stands for "time has passed". */
  ClockCommand.Tick tick() {
    return new ClockCommand.Tick(budget);
  }

  @Override
  public void turned(Command command, long nanos, long waitedNanos) {
    if (command instanceof ClockCommand.Tick) {
      if (nanos > GOAL_NANOS) {
        budget = Math.max(LEAST, budget / 2);
      } else if (nanos < GOAL_NANOS / 2) {
        budget = Math.min(MOST, budget + budget / 8);
      }
    }
  }

  long current() {
    return budget;
  }
}
