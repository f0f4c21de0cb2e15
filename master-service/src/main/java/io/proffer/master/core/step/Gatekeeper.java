package io.proffer.master.core.step;

import io.proffer.master.core.command.Caller;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.FrameworkLink;
import io.proffer.master.core.state.Turn;
import java.util.Optional;

/**
 * The door every scheduler call but SUBSCRIBE goes through (scheduler-api, section 1, 11 to 16).
 */
public final class Gatekeeper {
  private Gatekeeper() {}

  /** The calling framework, and 202; or empty, and the refusal has been sent. */
  public static Optional<Framework> accept(Caller caller, Turn turn) {
    var framework = admit(caller, turn);
    if (framework.isPresent()) {
      turn.accept(caller.replyTo());
    }
    return framework;
  }

  /** The calling framework, to be answered by the rule; or empty, and the refusal has been sent. */
  public static Optional<Framework> admit(Caller caller, Turn turn) {
    var framework = turn.state().frameworks().find(caller.framework());
    if (framework.isEmpty()) {
      turn.reject(caller.replyTo(), Rejection.invalid("Framework cannot be found"));
      return Optional.empty();
    }
    var refusal = refusal(caller, framework.get());
    refusal.ifPresent(rejection -> turn.reject(caller.replyTo(), rejection));
    return refusal.isPresent() ? Optional.empty() : framework;
  }

  private static Optional<Rejection> refusal(Caller caller, Framework framework) {
    var expected = framework.info().getPrincipal();
    if (caller.principal().isPresent() && !caller.principal().get().equals(expected)) {
      return Optional.of(Rejection.invalid(principalText(caller.principal().get(), expected)));
    }
    if (!(framework.link() instanceof FrameworkLink.Connected(var streamId))) {
      return Optional.of(Rejection.forbidden("Framework is not subscribed"));
    }
    if (caller.streamId().isEmpty()) {
      return Optional.of(
          Rejection.invalid("All non-subscribe calls should include the 'Mesos-Stream-Id' header"));
    }
    if (!caller.streamId().get().equals(streamId)) {
      return Optional.of(
          Rejection.invalid(
              "The stream ID '"
                  + caller.streamId().get()
                  + "' included in this request didn't match the stream ID currently associated"
                  + " with framework ID "
                  + framework.id()));
    }
    return Optional.empty();
  }

  /** Why a principal may not speak for a framework of another. */
  public static String principalText(String authenticated, String expected) {
    return "Authenticated principal '"
        + authenticated
        + "' does not match principal '"
        + expected
        + "' set in `FrameworkInfo`";
  }
}
