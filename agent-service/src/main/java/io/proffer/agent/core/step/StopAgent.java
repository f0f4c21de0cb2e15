package io.proffer.agent.core.step;

import io.proffer.agent.core.event.AgentEvent;
import io.proffer.agent.core.fact.KillCause;
import io.proffer.agent.core.state.Turn;
import java.time.Duration;
import java.util.Optional;

/** Ends all tasks and executors with their grace periods; then the agent ends. */
public final class StopAgent {
  private StopAgent() {}

  /**
   * Begins it, or brings the ends of what is being ended forward.
   *
   * @param limit nobody has a longer grace period than this
   */
  public static void begin(Turn turn, String why, Optional<Duration> limit) {
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
