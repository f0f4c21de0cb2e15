package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.fact.Executor;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.step.DoomWords;
import io.proffer.agent.core.step.EndHosted;
import io.proffer.agent.core.step.Leave;
import io.proffer.agent.core.step.ReportEnd;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;

/** An executor is over, however it went: so are its tasks (executor-api, section 5). */
public final class EndExecutor {
  private EndExecutor() {}

  /** The master hears of it too, and its resources are free. */
  public static void decide(ContainerCommand over, Turn turn) {
    // What it left is needed until its end is on disk, and by nobody afterwards.
    turn.send(new ToContainer.Forget(over.container()));
    var executor = turn.state().executors().get(turn.state().hosts().get(over.container()));
    EndHosted.of(turn, executor, status(over), task -> last(turn, executor, task, over));
    Leave.agent(turn);
  }

  private static int status(ContainerCommand over) {
    return over instanceof ContainerCommand.Exited(var container, int status)
        ? status
        : EndHosted.UNKNOWN;
  }

  private static TaskStatus last(Turn turn, Executor executor, Task task, ContainerCommand over) {
    if (executor.doom().isPresent()) {
      return DoomWords.of(turn, task, executor.doom().get());
    }
    return switch (over) {
      case ContainerCommand.NoSandbox(var container, String why) ->
          ReportEnd.withoutSandbox(turn, task, why);
      case ContainerCommand.Broken(var container, String why) ->
          ReportEnd.notLaunched(turn, task, why);
      case ContainerCommand.Exited exited -> ReportEnd.vanished(turn, task, TaskState.TASK_FAILED);
      case ContainerCommand.Vanished vanished ->
          ReportEnd.vanished(turn, task, TaskState.TASK_FAILED);
      case ContainerCommand.Started started ->
          throw new IllegalArgumentException(started + " ends nothing");
    };
  }
}
