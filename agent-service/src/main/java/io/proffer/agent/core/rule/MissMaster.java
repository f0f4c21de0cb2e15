package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.step.Leave;
import io.proffer.agent.core.step.LoseMaster;

/** The session is over: updates wait for the next one; an agent that stops waits no longer. */
public final class MissMaster {
  private MissMaster() {}

  /** Whatever ended it. */
  public static void decide(MasterCommand.Lost lost, Turn turn) {
    LoseMaster.over(turn, lost.session(), lost.why());
    Leave.agent(turn);
  }
}
