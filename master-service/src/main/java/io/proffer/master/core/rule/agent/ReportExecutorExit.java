package io.proffer.master.core.rule.agent;

import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.Statuses;
import java.util.OptionalInt;

/** A custom or default executor ended: its scheduler gets a FAILURE, once. */
public final class ReportExecutorExit {
  private ReportExecutorExit() {}

  public static void decide(AgentCommand.ExecutorExited exited, Turn turn) {
    if (turn.state().agents().find(exited.agent(), exited.session()).isEmpty()) {
      return;
    }
    Statuses.stream(exited.framework(), turn)
        .ifPresent(
            streamId ->
                turn.send(
                    new ToFramework.ExecutorFailed(
                        streamId,
                        exited.agent(),
                        exited.executor(),
                        OptionalInt.of(exited.status()))));
  }
}
