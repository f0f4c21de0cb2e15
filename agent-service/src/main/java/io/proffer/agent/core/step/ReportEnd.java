package io.proffer.agent.core.step;

import io.proffer.agent.core.event.TaskEvent;
import io.proffer.agent.core.fact.Framework;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.update.Updates;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.TaskStatus.Reason;

/** No process of a task is left: its framework hears the terminal update. */
public final class ReportEnd {
  private ReportEnd() {}

  /** Of a framework that is being shut down nobody listens. */
  public static void of(Turn turn, Task task, TaskStatus status) {
    turn.emit(new TaskEvent.Ended(task.key(), status.getMessage()));
    Updates.report(turn, task.key(), status);
    var framework = turn.state().frameworks().find(task.key().framework());
    if (framework.filter(Framework::terminating).isPresent()) {
      Leave.task(turn, turn.state().tasks().get(task.key()));
    }
  }

  /** The end of a task that was killed before it started. */
  public static TaskStatus recalled(Turn turn, Task task) {
    return Statuses.fromAgent(
        turn,
        task.key(),
        TaskState.TASK_KILLED,
        Reason.REASON_TASK_KILLED_DURING_LAUNCH,
        "Killed before delivery to the executor");
  }

  /** The end of a task that is gone, and nobody knows how. */
  public static TaskStatus vanished(Turn turn, Task task, TaskState state) {
    return Statuses.fromAgent(
        turn, task.key(), state, Reason.REASON_EXECUTOR_TERMINATED, "Executor terminated");
  }

  /** The end of a task whose launch, or delivery, a restart of the agent has swallowed. */
  public static TaskStatus missed(Turn turn, Task task) {
    return Statuses.fromAgent(
        turn,
        task.key(),
        dropped(turn, task),
        Reason.REASON_AGENT_RESTARTED,
        "Task launched during agent restart");
  }

  /** The end of a task whose container got no sandbox. */
  public static TaskStatus withoutSandbox(Turn turn, Task task, String why) {
    return Statuses.fromAgent(
        turn, task.key(), dropped(turn, task), Reason.REASON_EXECUTOR_TERMINATED, why);
  }

  /** The end of a task whose container could not be started. */
  public static TaskStatus notLaunched(Turn turn, Task task, String why) {
    return Statuses.fromAgent(
        turn,
        task.key(),
        TaskState.TASK_FAILED,
        Reason.REASON_CONTAINER_LAUNCH_FAILED,
        "Failed to launch container: " + why);
  }

  private static TaskState dropped(Turn turn, Task task) {
    return Framework.dropped(turn.state().frameworks().get(task.key().framework()).info());
  }
}
