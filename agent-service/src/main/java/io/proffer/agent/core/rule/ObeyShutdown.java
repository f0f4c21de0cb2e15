package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.command.OperatorCommand;
import io.proffer.agent.core.event.AgentEvent;
import io.proffer.agent.core.fact.KillCause;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.step.DoomExecutor;
import io.proffer.agent.core.step.Leave;
import io.proffer.agent.core.step.TerminateTask;
import java.time.Duration;
import java.util.Optional;

/** The agent ends: its tasks and executors are ended with their grace periods, then it stops. */
public final class ObeyShutdown {
  private ObeyShutdown() {}

  /** The master said so: the agent was refused, or marked gone. Each task has its full grace. */
  public static void decide(MasterCommand.Shutdown order, Turn turn) {
    stop(turn, "The master ordered this agent to stop: " + order.why(), Optional.empty());
  }

  /** The process was asked to end, and will not wait for ever: nor will one that ends already. */
  public static void decide(OperatorCommand.Stop order, Turn turn) {
    stop(turn, order.why(), Optional.of(order.limit()));
  }

  private static void stop(Turn turn, String why, Optional<Duration> limit) {
    var isFirst = turn.state().stopping().isEmpty();
    if (isFirst) {
      turn.emit(new AgentEvent.Stopping(why));
    }
    for (var task : turn.state().tasks().all()) {
      var grace = atMost(limit, TerminateTask.shutdownGrace(turn, task));
      TerminateTask.begin(turn, task, KillCause.SHUTDOWN, grace);
    }
    for (var executor : turn.state().executors().all()) {
      var grace = atMost(limit, DoomExecutor.grace(turn, executor));
      DoomExecutor.shutDown(turn, executor, grace);
    }
    if (isFirst) {
      Leave.agent(turn);
    }
  }

  private static Duration atMost(Optional<Duration> limit, Duration grace) {
    return limit.filter(most -> most.compareTo(grace) < 0).orElse(grace);
  }
}
