package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.effect.ToMaster;
import io.proffer.agent.core.event.FrameworkEvent;
import io.proffer.agent.core.event.TaskEvent;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.ExecutorKey;
import io.proffer.agent.core.fact.Framework;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.step.AssignTask;
import io.proffer.agent.core.step.EndHosted;
import io.proffer.agent.core.step.LaunchOrder;
import io.proffer.agent.core.step.Statuses;
import io.proffer.agent.core.step.TaskRoom;
import io.proffer.agent.core.update.Updates;
import io.proffer.agent.core.validate.Launchable;
import io.proffer.agent.core.validate.Refusal;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.TaskStatus.Reason;
import java.util.Optional;

/**
 * RUN_TASK: the task is noted, then its container is launched, or its executor is given it; or its
 * framework hears why not.
 */
public final class LaunchTask {
  private static final Refusal STOPPING =
      new Refusal(
          Refusal.Outcome.DROPPED, Reason.REASON_EXECUTOR_TERMINATED, "The agent is stopping");

  private static final Refusal DRAINING =
      new Refusal(
          Refusal.Outcome.DROPPED,
          Reason.REASON_AGENT_DRAINING,
          "Task was received while agent was already draining");

  private static final Refusal DISK_FULL =
      new Refusal(
          Refusal.Outcome.DROPPED,
          Reason.REASON_CONTAINER_LAUNCH_FAILED,
          "The disk of this agent is full: launch the task elsewhere, or when there is room again");

  private static final Refusal REUSE =
      new Refusal(
          Refusal.Outcome.DROPPED,
          Reason.REASON_TASK_INVALID,
          "Cannot reuse an already existing executor for a command task");

  private static final Refusal FAULT =
      new Refusal(
          Refusal.Outcome.DROPPED,
          Reason.REASON_CONTAINER_LAUNCH_FAILED,
          "The agent failed to launch the task: this is a bug, its log has more");

  private LaunchTask() {}

  /** Decides by what the agent can do and what it already holds. */
  public static void decide(MasterCommand.RunTask run, Turn turn) {
    var state = turn.state();
    var id = FrameworkId.of(run.framework().getId());
    var key = TaskKey.of(id, run.task());
    if (state.stopping().isPresent()) {
      refuse(turn, key, run, STOPPING);
      return;
    }
    if (state.draining().isPresent()) {
      refuse(turn, key, run, DRAINING);
      return;
    }
    if (state.frameworks().find(id).filter(Framework::terminating).isPresent()) {
      refuse(turn, key, run, "its framework is being shut down");
      return;
    }
    if (state.tasks().find(key).isPresent() || state.streams().find(key).isPresent()) {
      refuse(turn, key, run, "a task of this id is here and not over");
      return;
    }
    if (state.isDiskFull()) {
      refuse(turn, key, run, DISK_FULL);
      return;
    }
    var full = TaskRoom.check(turn, run);
    if (full.isPresent()) {
      refuse(turn, key, run, full.get());
      return;
    }
    var known = state.frameworks().find(id).map(Framework::info);
    if (!known.filter(run.framework()::equals).isPresent()) {
      turn.emit(new FrameworkEvent.Known(run.framework()));
    }
    var framework = new Framework(run.framework(), false);
    var refusal =
        run.task().hasExecutor()
            ? AssignTask.decide(turn, framework, run.task(), run.launchExecutor())
            : launch(turn, framework, key, run);
    refusal.ifPresent(why -> refuse(turn, key, run, why));
  }

  /** The rule threw and was undone: nobody else would ever tell what became of the task. */
  public static void giveUp(MasterCommand.RunTask run, Turn turn) {
    var state = turn.state();
    var key = TaskKey.of(FrameworkId.of(run.framework().getId()), run.task());
    if (state.tasks().find(key).isEmpty() && state.streams().find(key).isEmpty()) {
      refuse(turn, key, run, FAULT);
    }
  }

  /** A command task is its own executor, and none of another kind may have its id. */
  private static Optional<Refusal> launch(
      Turn turn, Framework framework, TaskKey key, MasterCommand.RunTask run) {
    var state = turn.state();
    var executor = new ExecutorKey(key.framework(), new ExecutorId(key.task().value()));
    if (state.executors().find(executor).isPresent()) {
      return Optional.of(REUSE);
    }
    if (!run.launchExecutor()) {
      return Optional.of(AssignTask.NONE_RUNNING);
    }
    var container = new ContainerId(turn.moment().ids().next().toString());
    var refusal = Launchable.check(run.task(), container);
    if (refusal.isPresent()) {
      return refusal;
    }
    var directory = LaunchOrder.directory(state, executor, container);
    var task = Task.admitted(key, run.task(), container, directory, new Progress.Launching());
    turn.emit(new TaskEvent.Admitted(task));
    turn.send(LaunchOrder.of(state, framework, task));
    return Optional.empty();
  }

  private static void refuse(Turn turn, TaskKey key, MasterCommand.RunTask run, Refusal refusal) {
    refuse(turn, key, run, refusal.message());
    var status =
        Statuses.fromAgent(
            turn, key, refusal.state(run.framework()), refusal.reason(), refusal.message());
    Updates.report(
        turn,
        key,
        run.task().hasExecutor()
            ? status.toBuilder().setExecutorId(run.task().getExecutor().getExecutorId()).build()
            : status);
  }

  /** The master has put an executor that is not here on its books, and must take it off again. */
  private static void refuse(Turn turn, TaskKey key, MasterCommand.RunTask run, String cause) {
    turn.emit(new TaskEvent.Refused(key, cause));
    if (!run.launchExecutor() || !run.task().hasExecutor()) {
      return;
    }
    var executor = ExecutorId.of(run.task().getExecutor().getExecutorId());
    if (turn.state().executors().find(new ExecutorKey(key.framework(), executor)).isEmpty()) {
      turn.send(
          new ToMaster.ExecutorExited(run.session(), key.framework(), executor, EndHosted.UNKNOWN));
    }
  }
}
