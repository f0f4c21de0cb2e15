package io.proffer.agent.core.step;

import io.proffer.agent.core.event.TaskEvent;
import io.proffer.agent.core.fact.Executor;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.update.Updates;
import io.proffer.api.id.AgentId;
import io.proffer.api.v1.ContainerStatus;
import io.proffer.api.v1.TaskStatus;

/** What an executor says of a task (executor-api, sections 2 and 6). */
public final class TakeStatus {
  private TakeStatus() {}

  /**
   * Queues it for the framework, unless it has come before or the task is over. Whether too many
   * wait already is for those to ask who can refuse it: what is taken here is not lost.
   *
   * @return whether the executor is told that the agent has it. Like the reference the agent says
   *     nothing of tasks that it does not hold: their updates go on as they are
   */
  public static boolean of(Turn turn, Executor executor, TaskStatus status) {
    var key = Updates.key(executor, status);
    if (turn.state().frameworks().get(key.framework()).terminating()) {
      return false;
    }
    var known = Updates.isKnown(turn, executor, status);
    var task = turn.state().tasks().find(key);
    if (task.isEmpty()) {
      if (!known) {
        Updates.report(turn, key, completed(turn, status).build());
      }
      return known;
    }
    if (!task.get().isOf(executor)) {
      // Nobody speaks for the task of another one.
      return false;
    }
    if (known || task.get().progress() instanceof Progress.Ended) {
      return true;
    }
    take(turn, executor, task.get(), status);
    return true;
  }

  private static void take(Turn turn, Executor executor, Task task, TaskStatus status) {
    var words = completed(turn, status);
    if (!(task.progress() instanceof Progress.Queued)) {
      words.setContainerStatus(container(turn, executor, status));
    }
    var whole = words.build();
    if (Statuses.isTerminal(whole.getState())) {
      turn.emit(
          new TaskEvent.Ended(task.key(), "%s of its executor".formatted(whole.getState().name())));
    }
    Updates.report(turn, task.key(), whole);
  }

  /** What an executor need not, or must not, say of itself. */
  private static TaskStatus.Builder completed(Turn turn, TaskStatus status) {
    var words = status.toBuilder();
    turn.state().agent().map(AgentId::message).ifPresent(words::setAgentId);
    if (!status.hasTimestamp()) {
      words.setTimestamp(turn.timestamp());
    }
    return words;
  }

  /** Its own words first; where it is silent, what the agent knows. */
  private static ContainerStatus container(Turn turn, Executor executor, TaskStatus status) {
    var own = status.getContainerStatus();
    if (executor.pid().isEmpty()) {
      return own;
    }
    var known = Statuses.container(turn, executor.container(), executor.pid().getAsLong());
    var merged = own.toBuilder();
    if (!own.hasContainerId()) {
      merged.setContainerId(known.getContainerId());
    }
    if (own.getNetworkInfosCount() == 0) {
      merged.addAllNetworkInfos(known.getNetworkInfosList());
    }
    if (!own.hasExecutorPid()) {
      merged.setExecutorPid(known.getExecutorPid());
    }
    return merged.build();
  }
}
