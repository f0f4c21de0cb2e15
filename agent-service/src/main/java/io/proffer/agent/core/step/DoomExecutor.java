package io.proffer.agent.core.step;

import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.effect.ToExecutor;
import io.proffer.agent.core.event.ExecutorEvent;
import io.proffer.agent.core.fact.Doom;
import io.proffer.agent.core.fact.Executor;
import io.proffer.agent.core.state.Due;
import io.proffer.agent.core.state.Turn;
import java.time.Duration;

/** Ends an executor: SHUTDOWN now, SIGKILL to all its processes after the grace period. */
public final class DoomExecutor {
  private DoomExecutor() {}

  /** Asks it to end, or brings the end of one that was asked before forward. */
  public static void shutDown(Turn turn, Executor executor, Duration grace) {
    if (executor.pid().isEmpty()) {
      // Nothing of it can be asked yet.
      if (executor.doom().isEmpty()) {
        destroy(turn, executor, Doom.SHUTDOWN);
      }
      return;
    }
    if (executor.doom().isPresent()) {
      hasten(turn, executor, grace);
      return;
    }
    turn.emit(
        new ExecutorEvent.Doomed(
            executor.key(), Doom.SHUTDOWN, turn.after(grace), turn.wallAfter(grace)));
    executor.stream().ifPresent(stream -> turn.send(new ToExecutor.Shutdown(stream)));
  }

  /** Ends it at once. */
  public static void destroy(Turn turn, Executor executor, Doom why) {
    var key = executor.key();
    turn.emit(
        new ExecutorEvent.Doomed(
            key, why, turn.after(Duration.ZERO), turn.wallAfter(Duration.ZERO)));
    turn.emit(new ExecutorEvent.Forced(key));
    turn.send(new ToContainer.Destroy(executor.container()));
  }

  /** How long it has after a SHUTDOWN: as it says itself, else the default. */
  public static Duration grace(Turn turn, Executor executor) {
    return executor.ownGrace().orElse(turn.state().times().shutdownGrace());
  }

  private static void hasten(Turn turn, Executor executor, Duration grace) {
    var force = turn.state().deadlines().at(new Due.ForceExecutor(executor.key()));
    var sooner = turn.after(grace);
    if (force.isPresent() && sooner < force.getAsLong()) {
      turn.emit(
          new ExecutorEvent.Doomed(
              executor.key(), executor.doom().orElseThrow(), sooner, turn.wallAfter(grace)));
    }
  }
}
