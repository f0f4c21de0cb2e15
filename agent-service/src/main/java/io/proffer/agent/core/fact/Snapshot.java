package io.proffer.agent.core.fact;

import io.proffer.api.id.AgentId;
import java.util.List;
import java.util.Optional;

/**
 * The tables as they were at one turn.
 *
 * @param completedFrameworks frameworks that have nothing left here, the oldest first
 * @param completedTasks tasks whose terminal update was acknowledged, the oldest first
 */
public record Snapshot(
    AgentFacts facts,
    Optional<AgentId> agent,
    Link link,
    List<Framework> frameworks,
    List<Framework> completedFrameworks,
    List<Task> tasks,
    List<Task> completedTasks) {
  public Snapshot {
    frameworks = List.copyOf(frameworks);
    completedFrameworks = List.copyOf(completedFrameworks);
    tasks = List.copyOf(tasks);
    completedTasks = List.copyOf(completedTasks);
  }
}
