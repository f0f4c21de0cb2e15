package io.proffer.agent.core.fact;

import io.proffer.api.id.AgentId;
import io.proffer.api.resource.Resources;
import java.util.List;
import java.util.Optional;

/**
 * The tables as they were at one turn.
 *
 * @param draining what is ordered, while it is not carried out
 * @param diskFull whether a store found no room, and nothing is launched
 * @param completedFrameworks frameworks that have nothing left here, the oldest first
 * @param executors custom ones that run or are being started
 * @param completedExecutors custom ones that have ended, the oldest first
 * @param completedTasks tasks whose terminal update was acknowledged, the oldest first
 * @param weights how much memory that takes
 */
public record Snapshot(
    AgentFacts facts,
    Optional<AgentId> agent,
    Link link,
    Optional<Draining> draining,
    boolean diskFull,
    List<Framework> frameworks,
    List<Framework> completedFrameworks,
    List<Executor> executors,
    List<Executor> completedExecutors,
    List<Task> tasks,
    List<Task> completedTasks,
    Weights weights) {

  /**
   * How much memory it takes, and may take.
   *
   * @param tasks that are not over, with all that belongs to them
   * @param updates that wait
   * @param history what is over
   */
  public record Weights(long tasks, long updates, long history, Room room) {}

  public Snapshot {
    frameworks = List.copyOf(frameworks);
    completedFrameworks = List.copyOf(completedFrameworks);
    executors = List.copyOf(executors);
    completedExecutors = List.copyOf(completedExecutors);
    tasks = List.copyOf(tasks);
    completedTasks = List.copyOf(completedTasks);
  }

  /** What tasks that are not over, and custom executors, may use together. */
  public Resources used() {
    var used = Resources.empty();
    for (var task : tasks) {
      if (!(task.progress() instanceof Progress.Ended)) {
        used = used.plus(Resources.of(task.info().getResourcesList()).withoutAllocation());
      }
    }
    for (var executor : executors) {
      used = used.plus(Resources.of(executor.info().getResourcesList()).withoutAllocation());
    }
    return used;
  }
}
