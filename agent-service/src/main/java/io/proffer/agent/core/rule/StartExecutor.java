package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.event.ExecutorEvent;
import io.proffer.agent.core.state.Turn;

/** The command of an executor runs: it is expected to subscribe. */
public final class StartExecutor {
  private StartExecutor() {}

  /** One that was taken over from an earlier run is known to run. */
  public static void decide(ContainerCommand.Started started, Turn turn) {
    var key = turn.state().hosts().get(started.container());
    if (turn.state().executors().get(key).pid().isEmpty()) {
      turn.emit(new ExecutorEvent.Started(key, started.pid()));
    }
  }
}
