package io.proffer.agent.core.step;

import io.proffer.agent.core.command.ExecutorCommand;
import io.proffer.agent.core.effect.Rejection;
import io.proffer.agent.core.fact.Claims;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.Executor;
import io.proffer.agent.core.fact.ExecutorKey;
import io.proffer.agent.core.state.Due;
import io.proffer.agent.core.state.Turn;
import java.util.Optional;
import java.util.function.Consumer;

/** Who calls, among the executors that are here (executor-api, section 1). */
public final class Callers {
  private Callers() {}

  /**
   * The executor that speaks; when it is not here, or another one, {@code refuse} gets the reason.
   */
  public static Optional<Executor> find(
      Turn turn, ExecutorCommand command, Consumer<Rejection> refuse) {
    var key = command.executor();
    if (turn.state().frameworks().find(key.framework()).isEmpty()) {
      refuse.accept(Rejection.invalid("Framework cannot be found"));
      return Optional.empty();
    }
    var executor = turn.state().executors().find(key);
    if (executor.isEmpty()) {
      refuse.accept(Rejection.invalid("Executor cannot be found"));
      return Optional.empty();
    }
    var imposture =
        command.claims().flatMap(claims -> imposture(claims, key, executor.get().container()));
    imposture.ifPresent(why -> refuse.accept(Rejection.forbidden(why)));
    return imposture.isPresent() ? Optional.empty() : executor;
  }

  /** In the reference's words, why who has proved to be one run may not speak for another. */
  private static Optional<String> imposture(Claims claims, ExecutorKey key, ContainerId container) {
    var start = "Authenticated principal '" + claims.principal() + "' does not contain ";
    if (!claims.framework().equals(key.framework())) {
      return Optional.of(
          start
              + "an 'fid' claim with the framework ID "
              + key.framework()
              + ", which is set in the call");
    }
    if (!claims.executor().equals(key.executor())) {
      return Optional.of(
          start
              + "an 'eid' claim with the executor ID "
              + key.executor()
              + ", which is set in the call");
    }
    return claims.container().equals(container)
        ? Optional.empty()
        : Optional.of(start + "a 'cid' claim with the correct active ContainerID");
  }

  /**
   * The same for a call that only an executor may make that has subscribed since the agent runs:
   * what it says at its return comes before what it says after it.
   */
  public static Optional<Executor> subscribed(
      Turn turn, ExecutorCommand command, Consumer<Rejection> refuse) {
    var executor = find(turn, command, refuse);
    var awaited = turn.state().deadlines().at(new Due.Register(command.executor())).isPresent();
    if (executor.isPresent() && (awaited || !executor.get().registered())) {
      refuse.accept(Rejection.forbidden("Executor is not subscribed"));
      return Optional.empty();
    }
    return executor;
  }
}
