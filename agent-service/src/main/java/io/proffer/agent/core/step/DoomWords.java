package io.proffer.agent.core.step;

import io.proffer.agent.core.fact.Doom;
import io.proffer.agent.core.fact.Framework;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.state.Turn;
import io.proffer.api.flags.Durations;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.TaskStatus.Reason;

/** The last update of a task whose executor the agent has ended (executor-api, 5 and 8). */
public final class DoomWords {
  private DoomWords() {}

  /** By the reason for which it was ended. */
  public static TaskStatus of(Turn turn, Task task, Doom doom) {
    var times = turn.state().times();
    return switch (doom) {
      case SHUTDOWN -> ReportEnd.vanished(turn, task, TaskState.TASK_FAILED);
      case UNREGISTERED ->
          Statuses.fromAgent(
              turn,
              task.key(),
              TaskState.TASK_FAILED,
              Reason.REASON_EXECUTOR_REGISTRATION_TIMEOUT,
              "Executor did not register within " + Durations.format(times.executorRegistration()));
      case NOT_REREGISTERED ->
          Statuses.fromAgent(
              turn,
              task.key(),
              gone(turn.state().frameworks().get(task.key().framework())),
              Reason.REASON_EXECUTOR_REREGISTRATION_TIMEOUT,
              "Executor did not reregister within "
                  + Durations.format(times.executorReregistration()));
    };
  }

  private static TaskState gone(Framework framework) {
    return framework.can(FrameworkInfo.Capability.Type.PARTITION_AWARE)
        ? TaskState.TASK_GONE
        : TaskState.TASK_LOST;
  }
}
