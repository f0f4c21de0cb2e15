package io.proffer.master.core.rule.framework;

import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.ClearFramework;

/** TEARDOWN by an operator: also of a framework that is away, or not back since a restart. */
public final class RemoveFramework {
  private RemoveFramework() {}

  public static void decide(OperatorCommand.Teardown teardown, Turn turn) {
    if (turn.state().frameworks().find(teardown.framework()).isEmpty()) {
      turn.reject(teardown.replyTo(), Rejection.invalid("No framework found with specified ID"));
      return;
    }
    ClearFramework.remove(teardown.framework(), turn);
    turn.send(new Reply.Done(teardown.replyTo()));
  }
}
