package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.event.TaskEvent;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.step.Statuses;
import io.proffer.agent.core.update.Updates;
import io.proffer.api.v1.TaskState;
import java.util.OptionalLong;

/** The command runs: its framework hears TASK_STARTING and TASK_RUNNING. */
public final class StartTask {
  private StartTask() {}

  /** A task that was killed meanwhile is never reported as running. */
  public static void decide(ContainerCommand.Started started, Turn turn) {
    var key = turn.state().containers().find(started.container());
    if (key.isEmpty()) {
      return;
    }
    var task = turn.state().tasks().get(key.get());
    if (!(task.progress() instanceof Progress.Launching)) {
      return;
    }
    var limit = task.timeLimit();
    turn.emit(
        new TaskEvent.Started(
            key.get(),
            started.pid(),
            limit.map(turn::after).map(OptionalLong::of).orElse(OptionalLong.empty()),
            limit.map(turn::wallAfter)));
    report(turn, task, started.pid(), TaskState.TASK_STARTING);
    report(turn, task, started.pid(), TaskState.TASK_RUNNING);
  }

  private static void report(Turn turn, Task task, long pid, TaskState state) {
    Updates.report(turn, task.key(), Statuses.fromExecutor(turn, task, pid, state).build());
  }
}
