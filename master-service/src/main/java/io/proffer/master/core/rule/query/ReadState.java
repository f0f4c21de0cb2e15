package io.proffer.master.core.rule.query;

import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.state.Turn;

/** A read of any kind: the tables as they are at this turn. */
public final class ReadState {
  private ReadState() {}

  public static void decide(OperatorCommand.Read read, Turn turn) {
    turn.send(new Reply.Answer(read.replyTo(), turn.state().snapshot()));
  }
}
