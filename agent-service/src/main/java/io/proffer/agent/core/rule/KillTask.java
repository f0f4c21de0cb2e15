package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.fact.Framework;
import io.proffer.agent.core.fact.KillCause;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.step.KillHosted;
import io.proffer.agent.core.step.Statuses;
import io.proffer.agent.core.step.TerminateTask;
import io.proffer.agent.core.update.Updates;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus.Reason;

/**
 * KILL: a task that runs is ended with grace, or its executor is told to end it; of one that is not
 * here its framework is told.
 */
public final class KillTask {
  private KillTask() {}

  /**
   * A task whose end is reported already is left alone. Of a framework that is not here either, the
   * capabilities are not known, so its task is LOST, which every framework understands.
   */
  public static void decide(MasterCommand.KillTask kill, Turn turn) {
    var key = new TaskKey(kill.framework(), kill.task());
    var task = turn.state().tasks().find(key);
    if (task.isPresent() && task.get().executor().isPresent()) {
      KillHosted.decide(turn, task.get(), kill.policy());
      return;
    }
    if (task.isPresent()) {
      var grace = TerminateTask.grace(turn, task.get(), kill.policy());
      TerminateTask.begin(turn, task.get(), KillCause.KILL, grace);
      return;
    }
    if (turn.state().streams().find(key).isPresent()) {
      return;
    }
    var state =
        turn.state()
            .frameworks()
            .find(kill.framework())
            .map(framework -> Framework.dropped(framework.info()))
            .orElse(TaskState.TASK_LOST);
    Updates.report(
        turn,
        key,
        Statuses.fromAgent(
            turn, key, state, Reason.REASON_EXECUTOR_TERMINATED, "Cannot find executor"));
  }
}
