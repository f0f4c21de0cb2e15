package io.proffer.master.core.rule.maintenance;

import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.event.MaintenanceEvent;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.ClearAgent;
import io.proffer.master.core.validate.MaintenanceValidation;

/**
 * START_MAINTENANCE: machines go out of service. Agents there are sent away and lost, and none
 * registers from there before the machine is back.
 */
public final class StartMaintenance {
  private static final String CAUSE = "Operator initiated 'Machine DOWN'";

  private StartMaintenance() {}

  public static void decide(OperatorCommand.StartMaintenance start, Turn turn) {
    var before = turn.state().maintenance();
    var violation = MaintenanceValidation.checkStart(start.machines(), before);
    if (violation.isPresent()) {
      turn.reject(start.replyTo(), Rejection.invalid(violation.get()));
      return;
    }
    var after = before.down(start.machines());
    turn.emit(new MaintenanceEvent.Changed(after));
    for (var agent : turn.state().agents().all()) {
      if (after.isDown(agent.info().getHostname(), agent.ip())) {
        ClearAgent.remove(agent, CAUSE, turn);
        agent.session().ifPresent(session -> turn.send(new ToAgent.Shutdown(session, CAUSE)));
      }
    }
    turn.send(new Reply.Done(start.replyTo()));
  }
}
