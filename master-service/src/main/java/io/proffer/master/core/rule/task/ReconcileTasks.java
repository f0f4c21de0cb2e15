package io.proffer.master.core.rule.task;

import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.Answers;
import io.proffer.master.core.step.Gatekeeper;

/** RECONCILE: what the master knows of all tasks of the framework, or of those asked for. */
public final class ReconcileTasks {
  private ReconcileTasks() {}

  public static void decide(SchedulerCommand.Reconcile reconcile, Turn turn) {
    Gatekeeper.accept(reconcile.caller(), turn)
        .ifPresent(
            framework -> {
              var streamId = framework.stream().orElseThrow();
              if (reconcile.tasks().isEmpty()) {
                Answers.implicit(framework, streamId, turn);
              } else {
                Answers.explicit(framework, streamId, reconcile.tasks(), turn);
              }
            });
  }
}
