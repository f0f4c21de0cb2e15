package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.event.ExecutorEvent;
import io.proffer.agent.core.fact.ExecutorKey;
import io.proffer.agent.core.state.Turn;

/** The master knows how an executor ended: no subscription has to say so. */
public final class ForgetEnd {
  private ForgetEnd() {}

  public static void decide(MasterCommand.EndHeard heard, Turn turn) {
    var key = new ExecutorKey(heard.framework(), heard.executor());
    if (turn.state().untoldEnds().find(key).isPresent()) {
      turn.emit(new ExecutorEvent.EndTold(key));
    }
  }
}
