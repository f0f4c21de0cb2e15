package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.ExecutorCommand;
import io.proffer.agent.core.effect.Reply;
import io.proffer.agent.core.effect.ToMaster;
import io.proffer.agent.core.fact.Link;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.step.Callers;

/** MESSAGE of an executor: its data go to the scheduler. */
public final class ForwardMessage {
  private ForwardMessage() {}

  /** Best effort by contract: without a master they are lost. */
  public static void decide(ExecutorCommand.Message message, Turn turn) {
    var executor =
        Callers.subscribed(
            turn, message, rejection -> turn.send(new Reply.Refused(message.replyTo(), rejection)));
    if (executor.isEmpty()) {
      return;
    }
    turn.send(new Reply.Accepted(message.replyTo()));
    if (turn.state().link() instanceof Link.Registered link) {
      var key = message.executor();
      turn.send(
          new ToMaster.Message(link.session(), key.framework(), key.executor(), message.data()));
    }
  }
}
