package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.fact.ExecutorKey;
import io.proffer.agent.core.fact.KillCause;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.step.DoomExecutor;
import io.proffer.agent.core.step.TerminateTask;
import io.proffer.api.id.TaskId;

/** SHUTDOWN of an executor; of a command task's, which has the id of the task, it is killed. */
public final class ShutDownExecutor {
  private ShutDownExecutor() {}

  /** An executor that is not here is over already. */
  public static void decide(MasterCommand.ShutdownExecutor order, Turn turn) {
    var state = turn.state();
    var executor = state.executors().find(new ExecutorKey(order.framework(), order.executor()));
    if (executor.isPresent()) {
      DoomExecutor.shutDown(turn, executor.get(), DoomExecutor.grace(turn, executor.get()));
      return;
    }
    state
        .tasks()
        .find(new TaskKey(order.framework(), new TaskId(order.executor().value())))
        .filter(task -> task.executor().isEmpty())
        .ifPresent(
            task ->
                TerminateTask.begin(
                    turn, task, KillCause.SHUTDOWN, TerminateTask.shutdownGrace(turn, task)));
  }
}
