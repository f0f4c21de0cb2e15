package io.proffer.master.core.rule.agent;

import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.ClearAgent;

/** An agent leaves for good. */
public final class UnregisterAgent {
  private UnregisterAgent() {}

  public static void decide(AgentCommand.Unregister unregister, Turn turn) {
    turn.state()
        .agents()
        .find(unregister.agent(), unregister.session())
        .ifPresent(
            agent -> {
              ClearAgent.remove(agent, "the agent unregistered", turn);
              turn.send(new ToAgent.Close(unregister.session()));
            });
  }
}
