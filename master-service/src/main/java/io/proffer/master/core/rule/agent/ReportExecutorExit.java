package io.proffer.master.core.rule.agent;

import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.state.ExecutorKey;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.EndExecutor;
import java.util.OptionalInt;

/**
 * A custom executor ended: its resources are free, and its scheduler gets a FAILURE, once. Updates
 * of its tasks come from the agent, before or after. One that the books do not know was forgotten
 * with its framework, or when its agent came back without it.
 */
public final class ReportExecutorExit {
  private ReportExecutorExit() {}

  public static void decide(AgentCommand.ExecutorExited exited, Turn turn) {
    if (turn.state().agents().find(exited.agent(), exited.session()).isEmpty()) {
      return;
    }
    var key = new ExecutorKey(exited.agent(), exited.framework(), exited.executor());
    var executor = turn.state().executors().find(key);
    if (executor.isEmpty()) {
      return;
    }
    EndExecutor.fail(executor.get(), OptionalInt.of(exited.status()), turn);
  }
}
