package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.effect.ToExecutor;
import io.proffer.agent.core.fact.ExecutorKey;
import io.proffer.agent.core.state.Turn;

/** Data of a scheduler for an executor. */
public final class DeliverMessage {
  private DeliverMessage() {}

  /** Best effort by contract: an executor that does not listen misses them. */
  public static void decide(MasterCommand.Message message, Turn turn) {
    turn.state()
        .executors()
        .find(new ExecutorKey(message.framework(), message.executor()))
        .filter(executor -> executor.doom().isEmpty())
        .flatMap(executor -> executor.stream())
        .ifPresent(stream -> turn.send(new ToExecutor.Message(stream, message.data())));
  }
}
