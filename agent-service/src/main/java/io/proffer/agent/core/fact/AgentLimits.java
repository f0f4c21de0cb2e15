package io.proffer.agent.core.fact;

/**
 * How much an agent remembers and does at once.
 *
 * @param completedFrameworks how many frameworks that left are remembered
 * @param completedTasks how many ended tasks of one framework are remembered
 * @param deadlinesPerTick how many deadlines one tick serves; the next tick follows at once
 */
public record AgentLimits(int completedFrameworks, int completedTasks, int deadlinesPerTick) {
  /** The defaults of the flags. */
  public static AgentLimits defaults() {
    return new AgentLimits(50, 150, 1000);
  }
}
