package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.command.OperatorCommand;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.step.StopAgent;
import java.util.Optional;

/** The agent ends: its tasks and executors are ended with their grace periods, then it stops. */
public final class ObeyShutdown {
  private ObeyShutdown() {}

  /** The master said so: the agent was refused, or marked gone. Each task has its full grace. */
  public static void decide(MasterCommand.Shutdown order, Turn turn) {
    StopAgent.begin(
        turn, "The master ordered this agent to stop: " + order.why(), Optional.empty());
  }

  /** The process was asked to end, and will not wait for ever: nor will one that ends already. */
  public static void decide(OperatorCommand.Stop order, Turn turn) {
    StopAgent.begin(turn, order.why(), Optional.of(order.limit()));
  }
}
