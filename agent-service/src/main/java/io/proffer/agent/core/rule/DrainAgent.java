package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.event.AgentEvent;
import io.proffer.agent.core.fact.Draining;
import io.proffer.agent.core.fact.KillCause;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.step.KillHosted;
import io.proffer.agent.core.step.Leave;
import io.proffer.agent.core.step.TerminateTask;
import io.proffer.api.v1.DrainConfig;
import io.proffer.api.v1.DurationInfo;
import io.proffer.api.v1.KillPolicy;
import java.util.Optional;

/**
 * DRAIN: every task is killed, with its own grace period or the order's if that is shorter. Ordered
 * again it brings ends forward. Executors stay, as they do in the reference.
 */
public final class DrainAgent {
  private DrainAgent() {}

  public static void decide(MasterCommand.Drain drain, Turn turn) {
    turn.emit(new AgentEvent.DrainBegun(new Draining(drain.config(), turn.moment().wall())));
    for (var task : turn.state().tasks().all()) {
      var policy = policy(task, drain.config());
      if (task.executor().isPresent()) {
        KillHosted.decide(turn, task, policy);
      } else {
        var grace = TerminateTask.grace(turn, task, policy);
        TerminateTask.begin(turn, task, KillCause.KILL, grace);
      }
    }
    Leave.drain(turn);
  }

  /** Empty where only the task itself, if anyone, has something to say. */
  private static Optional<KillPolicy> policy(Task task, DrainConfig config) {
    if (!config.hasMaxGracePeriod()) {
      return Optional.empty();
    }
    long most = Math.max(0, config.getMaxGracePeriod().getNanoseconds());
    var own = task.info().getKillPolicy();
    long nanos =
        own.hasGracePeriod() ? Math.min(own.getGracePeriod().getNanoseconds(), most) : most;
    return Optional.of(
        KillPolicy.newBuilder()
            .setGracePeriod(DurationInfo.newBuilder().setNanoseconds(nanos))
            .build());
  }
}
