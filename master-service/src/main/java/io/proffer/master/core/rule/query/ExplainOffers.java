package io.proffer.master.core.rule.query;

import io.proffer.api.acl.Action;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.master.core.allocator.Allowance;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.fact.Explanation;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.state.Turn;
import java.util.List;
import java.util.Optional;

/**
 * Why is a framework offered nothing? What the one who asks may not see is left out: a framework of
 * another user is one that is not there, and so is a role.
 */
public final class ExplainOffers {
  /** Each role looks at every agent. */
  static final int MAX_ROLES = 16;

  /** How many may wait for the rest of theirs. */
  static final int MAX_WAITING = 16;

  private ExplainOffers() {}

  /** Who knows the reasons. */
  @FunctionalInterface
  public interface Explainer {
    /** The reasons of one role; empty when nobody can tell. */
    Optional<Slices> explain(FrameworkId framework, String role, Optional<AgentId> agent);
  }

  /** The reasons of one role, slice by slice. */
  @FunctionalInterface
  public interface Slices {
    /** One slice more, for so much; empty while there is more to look at. */
    Optional<Explanation> go(Turn turn, Allowance allowance);
  }

  /**
   * Answers at once, or begins to look.
   *
   * @param waiting how many wait for the rest of theirs
   * @return what is left to do in later turns
   */
  public static Optional<Inquiry> decide(
      OperatorCommand.Explain ask, Explainer explainer, int waiting, Turn turn) {
    var found = turn.state().frameworks().find(ask.framework()).filter(row -> sees(ask, row));
    if (found.isEmpty()) {
      turn.reject(
          ask.replyTo(),
          Rejection.notFound(
              "Expecting 'framework' to be the id of a framework, but there is none with id '%s': GET /frameworks lists them, and those that have ended, which get no offers"
                  .formatted(ask.framework())));
      return Optional.empty();
    }
    var roles = roles(ask, found.get());
    var refused = refusal(ask, roles, turn);
    if (refused.isPresent()) {
      turn.reject(ask.replyTo(), refused.get());
      return Optional.empty();
    }
    var inquiry = new Inquiry(ask, roles, explainer);
    if (inquiry.go(turn)) {
      return Optional.empty();
    }
    if (waiting >= MAX_WAITING) {
      turn.reject(
          ask.replyTo(),
          Rejection.unavailable(
              MAX_WAITING + " explanations are being made already: ask again later"));
      return Optional.empty();
    }
    return Optional.of(inquiry);
  }

  private static boolean sees(OperatorCommand.Explain ask, Framework framework) {
    return ask.rights().allow(Action.VIEW_FRAMEWORK, framework.info().getUser());
  }

  /** The roles asked about, which are its own and may be seen. */
  private static List<String> roles(OperatorCommand.Explain ask, Framework framework) {
    var permit = ask.rights().on(Action.VIEW_ROLE);
    return framework.roles().stream()
        .filter(permit::allows)
        .filter(role -> ask.role().isEmpty() || ask.role().get().equals(role))
        .toList();
  }

  private static Optional<Rejection> refusal(
      OperatorCommand.Explain ask, List<String> roles, Turn turn) {
    if (ask.role().isPresent() && roles.isEmpty()) {
      return Optional.of(
          Rejection.invalid(
              "Expecting 'role' to be one of framework %s, but it is not in '%s': leave it out for all its roles"
                  .formatted(ask.framework(), ask.role().get())));
    }
    if (roles.size() > MAX_ROLES) {
      return Optional.of(
          Rejection.invalid(
              "Framework %s is in %d roles, and at most %d are explained at once: add 'role' with one of them"
                  .formatted(ask.framework(), roles.size(), MAX_ROLES)));
    }
    var agent = ask.agent().filter(id -> turn.state().agents().find(id).isEmpty());
    return agent.map(
        id ->
            Rejection.notFound(
                "Expecting 'agent' to be the id of a registered agent, but there is none with id '%s': GET /slaves lists them"
                    .formatted(id)));
  }
}
