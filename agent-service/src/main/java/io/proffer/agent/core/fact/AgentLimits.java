package io.proffer.agent.core.fact;

/**
 * How much an agent remembers and does at once.
 *
 * @param completedFrameworks how many frameworks that left are remembered
 * @param completedTasks how many ended tasks, and how many ended executors, of one framework are
 *     remembered, and how many ended tasks of one executor are known again
 * @param rememberedUpdates how many statuses of a task are kept, and how many updates of an
 *     executor's task are recognised when they come again
 * @param waitingUpdates how many updates of an executor's task may wait for its framework
 * @param deadlinesPerTick how many deadlines one tick serves; the next tick follows at once
 * @param room how much memory all of it may take
 */
public record AgentLimits(
    int completedFrameworks,
    int completedTasks,
    int rememberedUpdates,
    int waitingUpdates,
    int deadlinesPerTick,
    Room room) {
  private static final long MEMORY = 1L << 30;

  /** The defaults of the flags, with a gigabyte of memory. */
  public static AgentLimits defaults() {
    return new AgentLimits(50, 150, 100, 1000, 1000, Room.in(MEMORY));
  }
}
