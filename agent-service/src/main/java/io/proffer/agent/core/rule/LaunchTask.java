package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.MasterCommand;
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
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.TaskStatus.Reason;
import java.util.List;

/** RUN_TASK: the task is noted, then its container is launched; or its framework hears why not. */
public final class LaunchTask {
  private static final Refusal STOPPING =
      new Refusal(
          Refusal.Outcome.DROPPED, Reason.REASON_EXECUTOR_TERMINATED, "The agent is stopping");

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
      turn.emit(new TaskEvent.Refused(key, "its framework is being shut down"));
      return;
    }
    if (state.tasks().find(key).isPresent() || state.streams().find(key).isPresent()) {
      turn.emit(new TaskEvent.Refused(key, "a task of this id is here and not over"));
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
    turn.emit(new TaskEvent.Refused(key, refusal.message()));
    Updates.report(
        turn,
        key,
        Statuses.fromAgent(
            turn, key, refusal.state(run.framework()), refusal.reason(), refusal.message()));
  }
}
