package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.command.OperatorCommand;
import io.proffer.agent.core.event.AgentEvent;
import io.proffer.agent.core.fact.KillCause;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.step.Leave;
import io.proffer.agent.core.step.TerminateTask;

/** The agent ends: its tasks are killed with their grace periods, then it stops. */
public final class ObeyShutdown {
  private ObeyShutdown() {}

  /** The master said so: the agent was refused, or marked gone. */
  public static void decide(MasterCommand.Shutdown order, Turn turn) {
    stop(turn, "The master ordered this agent to stop: " + order.why());
  }

  /** The process was asked to end. */
  public static void decide(OperatorCommand.Stop order, Turn turn) {
    stop(turn, order.why());
  }

  private static void stop(Turn turn, String why) {
    if (turn.state().stopping().isPresent()) {
      return;
    }
    turn.emit(new AgentEvent.Stopping(why));
    for (var task : turn.state().tasks().all()) {
      TerminateTask.begin(turn, task, KillCause.SHUTDOWN, TerminateTask.shutdownGrace(turn, task));
    }
    Leave.agent(turn);
  }
}
