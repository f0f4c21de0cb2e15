package io.proffer.master.core.step;

import io.proffer.master.core.event.ExecutorEvent;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.fact.Executor;
import io.proffer.master.core.state.ExecutorKey;
import io.proffer.master.core.state.Turn;
import java.util.List;
import java.util.OptionalLong;

/** A custom executor leaves the books: its resources are free, whatever becomes of its tasks. */
public final class EndExecutor {
  private EndExecutor() {}

  /** This executor, which is on the books. */
  public static void end(Executor executor, Turn turn) {
    turn.emit(new ExecutorEvent.Ended(executor.agent(), executor.framework(), executor.id()));
    if (!executor.resources().isEmpty()) {
      turn.emit(
          new OfferEvent.Returned(
              executor.framework(),
              executor.role(),
              executor.agent(),
              executor.resources(),
              OfferEvent.Cause.FREED,
              OptionalLong.empty()));
    }
  }

  /** All of these. */
  static void endAll(List<ExecutorKey> keys, Turn turn) {
    for (var key : keys) {
      end(turn.state().executors().find(key).orElseThrow(), turn);
    }
  }
}
