package io.proffer.master.core.rule.query;

import io.proffer.api.acl.Action;
import io.proffer.api.acl.Rights;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.fact.Explanation;
import io.proffer.master.core.fact.Finding;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.RoleExplanation;
import io.proffer.master.core.state.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why is a framework offered nothing? What the one who asks may not see is left out: a framework of
 * another user is one that is not there, and so is a role.
 */
public final class ExplainOffers {
  /** Each role looks at every agent, and the turn must be short. */
  static final int MAX_ROLES = 16;

  private ExplainOffers() {}

  /** Who knows the reasons. */
  @FunctionalInterface
  public interface Explainer {
    /** The reasons of one role; empty when nobody can tell. */
    Optional<Explanation> explain(
        FrameworkId framework, Optional<String> role, Optional<AgentId> agent);
  }

  public static void decide(OperatorCommand.Explain ask, Explainer explainer, Turn turn) {
    var found = turn.state().frameworks().find(ask.framework()).filter(row -> sees(ask, row));
    if (found.isEmpty()) {
      turn.reject(
          ask.replyTo(),
          Rejection.notFound(
              "Expecting 'framework' to be the id of a framework, but there is none with id '%s': GET /frameworks lists them, and those that have ended, which get no offers"
                  .formatted(ask.framework())));
      return;
    }
    var roles = roles(ask, found.get());
    var refused = refusal(ask, roles, turn);
    if (refused.isPresent()) {
      turn.reject(ask.replyTo(), refused.get());
      return;
    }
    explain(ask, roles, explainer)
        .ifPresentOrElse(
            explanation -> turn.send(new Reply.Explained(ask.replyTo(), explanation)),
            () ->
                turn.reject(
                    ask.replyTo(),
                    Rejection.notImplemented(
                        "The allocator of this master does not tell the reasons for its offers")));
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

  private static Optional<Explanation> explain(
      OperatorCommand.Explain ask, List<String> roles, Explainer explainer) {
    var explained = new ArrayList<RoleExplanation>();
    for (var role : roles) {
      var one = explainer.explain(ask.framework(), Optional.of(role), ask.agent());
      if (one.isEmpty()) {
        return Optional.empty();
      }
      one.get().roles().forEach(row -> explained.add(seen(row, ask.rights())));
    }
    return Optional.of(new Explanation(ask.framework(), explained));
  }

  private static RoleExplanation seen(RoleExplanation row, Rights rights) {
    return rights.on(Action.VIEW_ROLE).isUnlimited()
        ? row
        : new RoleExplanation(
            row.role(), row.findings().stream().map(Finding::withoutOthers).toList());
  }
}
