package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.fact.KillCause;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.step.TerminateTask;
import io.proffer.api.id.TaskId;

/** SHUTDOWN of a command executor, which has its task's id: the task is killed. */
public final class ShutDownExecutor {
  private ShutDownExecutor() {}

  /** An executor that is not here is over already. */
  public static void decide(MasterCommand.ShutdownExecutor order, Turn turn) {
    var key = new TaskKey(order.framework(), new TaskId(order.executor().value()));
    turn.state()
        .tasks()
        .find(key)
        .ifPresent(
            task ->
                TerminateTask.begin(
                    turn, task, KillCause.SHUTDOWN, TerminateTask.shutdownGrace(turn, task)));
  }
}
