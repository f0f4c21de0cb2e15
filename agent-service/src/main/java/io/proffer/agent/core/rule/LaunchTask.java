package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.effect.ToMaster;
import io.proffer.agent.core.event.FrameworkEvent;
import io.proffer.agent.core.event.TaskEvent;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.Framework;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.step.LaunchOrder;
import io.proffer.agent.core.step.Statuses;
import io.proffer.agent.core.update.Updates;
import io.proffer.agent.core.validate.Launchable;
import io.proffer.agent.core.validate.Refusal;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.TaskStatus.Reason;
import java.util.List;

/** RUN_TASK: the task is noted, then its container is launched; or its framework hears why not. */
public final class LaunchTask {
  private static final Refusal STOPPING =
      new Refusal(
          Refusal.Outcome.DROPPED, Reason.REASON_EXECUTOR_TERMINATED, "The agent is stopping");

  /** The status of an executor that never ran. */
  private static final int UNKNOWN = -1;

  private LaunchTask() {}

  /** Decides by what the agent can do and what it already holds. */
  public static void decide(MasterCommand.RunTask run, Turn turn) {
    var state = turn.state();
    var id = FrameworkId.of(run.framework().getId());
    var key = new TaskKey(id, TaskId.of(run.task().getTaskId()));
    if (state.stopping().isPresent()) {
      refuse(turn, key, run, STOPPING);
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
    var known = state.frameworks().find(id).map(Framework::info);
    if (!known.filter(run.framework()::equals).isPresent()) {
      turn.emit(new FrameworkEvent.Known(run.framework()));
    }
    var container = new ContainerId(turn.moment().ids().next().toString());
    var directory = LaunchOrder.directory(state, key, container);
    var task = new Task(key, run.task(), container, directory, new Progress.Launching(), List.of());
    Launchable.check(run.task(), run.launchExecutor(), container)
        .ifPresentOrElse(refusal -> refuse(turn, key, run, refusal), () -> launch(turn, task, run));
  }

  private static void launch(Turn turn, Task task, MasterCommand.RunTask run) {
    turn.emit(new TaskEvent.Admitted(task));
    turn.send(LaunchOrder.of(turn.state(), new Framework(run.framework(), false), task));
  }

  private static void refuse(Turn turn, TaskKey key, MasterCommand.RunTask run, Refusal refusal) {
    refuse(turn, key, run, refusal.message());
    Updates.report(
        turn,
        key,
        Statuses.fromAgent(
            turn, key, refusal.state(run.framework()), refusal.reason(), refusal.message()));
  }

  /** The master has put the executor of the task on its books, and must take it off again. */
  private static void refuse(Turn turn, TaskKey key, MasterCommand.RunTask run, String cause) {
    turn.emit(new TaskEvent.Refused(key, cause));
    if (run.launchExecutor() && run.task().hasExecutor()) {
      var executor = ExecutorId.of(run.task().getExecutor().getExecutorId());
      turn.send(new ToMaster.ExecutorExited(run.session(), key.framework(), executor, UNKNOWN));
    }
  }
}
