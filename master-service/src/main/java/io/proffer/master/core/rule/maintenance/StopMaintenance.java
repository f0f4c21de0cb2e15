package io.proffer.master.core.rule.maintenance;

import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.event.MaintenanceEvent;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.validate.MaintenanceValidation;

/** STOP_MAINTENANCE: machines are back in service, and nothing is planned for them any more. */
public final class StopMaintenance {
  private StopMaintenance() {}

  public static void decide(OperatorCommand.StopMaintenance stop, Turn turn) {
    var before = turn.state().maintenance();
    var violation = MaintenanceValidation.checkStop(stop.machines(), before);
    if (violation.isPresent()) {
      turn.reject(stop.replyTo(), Rejection.invalid(violation.get()));
      return;
    }
    turn.emit(new MaintenanceEvent.Changed(before.without(stop.machines())));
    turn.send(new Reply.Done(stop.replyTo()));
  }
}
