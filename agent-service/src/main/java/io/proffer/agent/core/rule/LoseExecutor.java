package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.ExecutorCommand;
import io.proffer.agent.core.event.ExecutorEvent;
import io.proffer.agent.core.state.Turn;

/** An executor's stream is over: tasks wait until it subscribes again, or its process ends. */
public final class LoseExecutor {
  private LoseExecutor() {}

  /** Of a stream that another one has replaced nothing follows. */
  public static void decide(ExecutorCommand.Disconnected lost, Turn turn) {
    var executor = turn.state().executors().find(lost.executor());
    if (executor.isPresent() && executor.get().stream().filter(lost.stream()::equals).isPresent()) {
      turn.emit(new ExecutorEvent.Disconnected(lost.executor()));
    }
  }
}
