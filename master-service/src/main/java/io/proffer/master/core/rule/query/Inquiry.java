package io.proffer.master.core.rule.query;

import io.proffer.api.acl.Action;
import io.proffer.api.acl.Rights;
import io.proffer.master.core.allocator.Allowance;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.command.ReplyTo;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.fact.Explanation;
import io.proffer.master.core.fact.Finding;
import io.proffer.master.core.fact.RoleExplanation;
import io.proffer.master.core.state.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An explanation under way: a slice a turn, since each role looks at every agent. It changes
 * nothing, and so is kept beside the tables, not in them.
 */
public final class Inquiry {
  /** How many agents one turn looks at, for all roles together. */
  private static final long AGENTS_AT_ONCE = 2000;

  private final OperatorCommand.Explain ask;
  private final List<String> roles;
  private final ExplainOffers.Explainer explainer;
  private final List<RoleExplanation> explained = new ArrayList<>();
  private Optional<ExplainOffers.Slices> current = Optional.empty();

  Inquiry(OperatorCommand.Explain ask, List<String> roles, ExplainOffers.Explainer explainer) {
    this.ask = ask;
    this.roles = roles;
    this.explainer = explainer;
  }

  /** Whom the answer is for. */
  public ReplyTo replyTo() {
    return ask.replyTo();
  }

  /** One slice more; true when who asked has got the answer. */
  public boolean go(Turn turn) {
    var allowance = new Allowance(AGENTS_AT_ONCE);
    while (explained.size() < roles.size()) {
      if (current.isEmpty()) {
        current = explainer.explain(ask.framework(), roles.get(explained.size()), ask.agent());
      }
      if (current.isEmpty()) {
        turn.reject(
            replyTo(),
            Rejection.notImplemented(
                "The allocator of this master does not tell the reasons for its offers"));
        return true;
      }
      var done = current.get().go(turn, allowance);
      if (done.isEmpty()) {
        return false;
      }
      done.get().roles().forEach(row -> explained.add(seen(row, ask.rights())));
      current = Optional.empty();
    }
    turn.send(new Reply.Explained(replyTo(), new Explanation(ask.framework(), explained)));
    return true;
  }

  private static RoleExplanation seen(RoleExplanation row, Rights rights) {
    var findings = row.findings().stream();
    if (!rights.on(Action.VIEW_ROLE).isUnlimited()) {
      findings = findings.map(Finding::withoutOthers);
    }
    if (!rights.on(Action.VIEW_FRAMEWORK).isUnlimited()) {
      findings = findings.map(Finding::withoutOtherFrameworks);
    }
    return new RoleExplanation(row.role(), findings.toList());
  }
}
