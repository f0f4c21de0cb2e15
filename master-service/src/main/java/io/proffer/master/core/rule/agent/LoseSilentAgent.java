package io.proffer.master.core.rule.agent;

import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.ClearAgent;

/** An agent answers no pings: it is out of reach. If it lives after all, it must re-register. */
public final class LoseSilentAgent {
  private LoseSilentAgent() {}

  public static void decide(AgentCommand.Silent silent, Turn turn) {
    if (!turn.state().removals().isFree(turn.moment().monotonicNanos())) {
      return; // It is told of again with each ping that is not answered.
    }
    turn.state()
        .agents()
        .find(silent.agent(), silent.session())
        .ifPresent(
            agent -> {
              turn.takeRemoval();
              ClearAgent.markUnreachable(agent, "health check timed out", turn);
              turn.send(new ToAgent.Close(silent.session()));
            });
  }
}
