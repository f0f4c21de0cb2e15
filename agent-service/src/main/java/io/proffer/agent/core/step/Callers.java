package io.proffer.agent.core.step;

import io.proffer.agent.core.effect.Rejection;
import io.proffer.agent.core.fact.Executor;
import io.proffer.agent.core.fact.ExecutorKey;
import io.proffer.agent.core.state.Due;
import io.proffer.agent.core.state.Turn;
import java.util.Optional;
import java.util.function.Consumer;

/** Who calls, among the executors that are here (executor-api, section 1). */
public final class Callers {
  private Callers() {}

  /** The executor of this key; when it is not here, {@code refuse} gets the reason. */
  public static Optional<Executor> find(Turn turn, ExecutorKey key, Consumer<Rejection> refuse) {
    if (turn.state().frameworks().find(key.framework()).isEmpty()) {
      refuse.accept(Rejection.invalid("Framework cannot be found"));
      return Optional.empty();
    }
    var executor = turn.state().executors().find(key);
    if (executor.isEmpty()) {
      refuse.accept(Rejection.invalid("Executor cannot be found"));
    }
    return executor;
  }

  /**
   * The same for a call that only an executor may make that has subscribed since the agent runs:
   * what it says at its return comes before what it says after it.
   */
  public static Optional<Executor> subscribed(
      Turn turn, ExecutorKey key, Consumer<Rejection> refuse) {
    var executor = find(turn, key, refuse);
    var awaited = turn.state().deadlines().at(new Due.Register(key)).isPresent();
    if (executor.isPresent() && (awaited || !executor.get().registered())) {
      refuse.accept(Rejection.forbidden("Executor is not subscribed"));
      return Optional.empty();
    }
    return executor;
  }
}
