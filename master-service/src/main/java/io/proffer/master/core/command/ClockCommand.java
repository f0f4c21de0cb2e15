package io.proffer.master.core.command;

/** What the passing of time asks. */
public sealed interface ClockCommand extends Command {

  /**
   * Deadlines that are due take their turn, long work goes on, the allocator runs a slice.
   *
   * @param allocationBudget how many (role, framework, agent) candidates the allocator may examine
   */
  record Tick(long allocationBudget) implements ClockCommand {}
}
