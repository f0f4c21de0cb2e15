package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.event.FrameworkEvent;
import io.proffer.agent.core.fact.Framework;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.step.Statuses;
import io.proffer.agent.core.update.Updates;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.TaskStatus.Reason;

/** The master has tasks that the agent did not report: of those that are not here it is told. */
public final class ReconcileTasks {
  private ReconcileTasks() {}

  /** A task that is here, or whose last update is on its way, speaks for itself. */
  public static void decide(MasterCommand.ReconcileTasks reconcile, Turn turn) {
    for (var missing : reconcile.tasks()) {
      var framework = missing.framework();
      var key = new TaskKey(FrameworkId.of(framework.getId()), missing.task());
      if (turn.state().tasks().find(key).isPresent()
          || turn.state().streams().find(key).isPresent()) {
        continue;
      }
      // Known as long as the answer is not acknowledged: a framework that ends meanwhile is
      // shut down here too, and with it the answer that nobody waits for.
      if (turn.state().frameworks().find(key.framework()).isEmpty()) {
        turn.emit(new FrameworkEvent.Known(framework));
      }
      Updates.report(
          turn,
          key,
          Statuses.fromAgent(
              turn,
              key,
              Framework.dropped(framework),
              Reason.REASON_RECONCILIATION,
              "Reconciliation: task unknown to the agent"));
    }
  }
}
