package io.proffer.master.core.rule.framework;

import io.proffer.api.acl.Action;
import io.proffer.api.acl.Rights;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.ClearFramework;

/** TEARDOWN by an operator: also of a framework that is away, or not back since a restart. */
public final class RemoveFramework {
  private RemoveFramework() {}

  public static void decide(OperatorCommand.Teardown teardown, Turn turn) {
    var framework = turn.state().frameworks().find(teardown.framework());
    if (framework.isEmpty()) {
      turn.reject(teardown.replyTo(), Rejection.invalid("No framework found with specified ID"));
      return;
    }
    if (!allows(teardown.rights(), framework.get().info())) {
      turn.reject(teardown.replyTo(), Rejection.forbidden());
      return;
    }
    ClearFramework.remove(teardown.framework(), turn);
    turn.send(new Reply.Done(teardown.replyTo()));
  }

  /** Rules about a principal are not about a framework without one, but those about ANY are. */
  private static boolean allows(Rights rights, FrameworkInfo info) {
    return info.hasPrincipal()
        ? rights.allow(Action.TEARDOWN_FRAMEWORK, info.getPrincipal())
        : rights.allow(Action.TEARDOWN_FRAMEWORK);
  }
}
