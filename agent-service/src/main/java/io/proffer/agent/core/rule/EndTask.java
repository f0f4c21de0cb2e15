package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.fact.KillCause;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.step.Leave;
import io.proffer.agent.core.step.ReportEnd;
import io.proffer.agent.core.step.Statuses;
import io.proffer.agent.core.step.WaitStatus;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.TaskStatus.Reason;

/** A container is over, however it went: its task's framework hears the terminal update. */
public final class EndTask {
  private EndTask() {}

  /** Of containers that are not known nobody need be told. */
  public static void decide(ContainerCommand over, Turn turn) {
    // What it left is needed until its end is on disk, and by nobody afterwards.
    turn.send(new ToContainer.Forget(over.container()));
    var key = turn.state().containers().find(over.container());
    if (key.isEmpty()) {
      return;
    }
    var task = turn.state().tasks().get(key.get());
    ReportEnd.of(turn, task, status(turn, task, over));
    Leave.agent(turn);
  }

  private static TaskStatus status(Turn turn, Task task, ContainerCommand over) {
    if (task.progress() instanceof Progress.Recalled) {
      return ReportEnd.recalled(turn, task);
    }
    return switch (over) {
      case ContainerCommand.Exited(var container, int status) -> exited(turn, task, status);
      case ContainerCommand.NoSandbox(var container, String why) ->
          ReportEnd.withoutSandbox(turn, task, why);
      case ContainerCommand.Broken(var container, String why) ->
          ReportEnd.notLaunched(turn, task, why);
      case ContainerCommand.Vanished ignored ->
          ReportEnd.vanished(
              turn,
              task,
              task.progress() instanceof Progress.Killing
                  ? TaskState.TASK_KILLED
                  : TaskState.TASK_FAILED);
      case ContainerCommand.Started started ->
          throw new IllegalArgumentException(started + " ends nothing");
    };
  }

  /** A task that was killed is KILLED whatever its exit status. */
  private static TaskStatus exited(Turn turn, Task task, int waitStatus) {
    var message = "Command " + WaitStatus.words(waitStatus);
    return switch (task.progress()) {
      case Progress.Killing(long pid, KillCause cause, long since, boolean forced)
          when cause == KillCause.MAX_COMPLETION_TIME ->
          Statuses.fromExecutor(turn, task, pid, TaskState.TASK_FAILED)
              .setReason(Reason.REASON_MAX_COMPLETION_TIME_REACHED)
              .setMessage(message)
              .build();
      case Progress.Killing(long pid, KillCause cause, long since, boolean forced) ->
          ended(turn, task, pid, TaskState.TASK_KILLED, message);
      case Progress.Running(long pid) -> ended(turn, task, pid, end(waitStatus), message);
      // Of a host that lost its power the end may be left, and who told of the start not.
      case Progress.Launching ignored ->
          Statuses.fromExecutor(turn, task, end(waitStatus)).setMessage(message).build();
      case Progress.Hosted ignored -> throw notRunning(task);
      case Progress.Recalled ignored -> throw notRunning(task);
      case Progress.Ended ignored -> throw notRunning(task);
    };
  }

  private static TaskState end(int waitStatus) {
    return WaitStatus.isSuccess(waitStatus) ? TaskState.TASK_FINISHED : TaskState.TASK_FAILED;
  }

  private static TaskStatus ended(Turn turn, Task task, long pid, TaskState state, String message) {
    return Statuses.fromExecutor(turn, task, pid, state).setMessage(message).build();
  }

  private static IllegalStateException notRunning(Task task) {
    return new IllegalStateException(task.key() + " exited, but is " + task.progress());
  }
}
