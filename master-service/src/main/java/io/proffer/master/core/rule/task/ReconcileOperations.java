package io.proffer.master.core.rule.task;

import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.Answers;
import io.proffer.master.core.step.Gatekeeper;

/** RECONCILE_OPERATIONS: no operation is known, so that only what is asked for is answered. */
public final class ReconcileOperations {
  private ReconcileOperations() {}

  public static void decide(SchedulerCommand.ReconcileOperations reconcile, Turn turn) {
    Gatekeeper.accept(reconcile.caller(), turn)
        .ifPresent(
            framework ->
                Answers.operations(framework.stream().orElseThrow(), reconcile.operations(), turn));
  }
}
