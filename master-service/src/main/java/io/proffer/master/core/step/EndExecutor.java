package io.proffer.master.core.step;

import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.ExecutorEvent;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.fact.Executor;
import io.proffer.master.core.state.ExecutorKey;
import io.proffer.master.core.state.Turn;
import java.util.List;
import java.util.OptionalInt;
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

  /**
   * The same, and its scheduler gets a FAILURE.
   *
   * @param status as wait(2) gives it; empty when nobody knows
   */
  public static void fail(Executor executor, OptionalInt status, Turn turn) {
    end(executor, turn);
    Statuses.stream(executor.framework(), turn)
        .ifPresent(
            streamId ->
                turn.send(
                    new ToFramework.ExecutorFailed(
                        streamId, executor.agent(), executor.id(), status)));
  }

  /** All of these. */
  static void endAll(List<ExecutorKey> keys, Turn turn) {
    for (var key : keys) {
      end(turn.state().executors().find(key).orElseThrow(), turn);
    }
  }
}
