package io.proffer.master.core.rule.maintenance;

import io.proffer.api.id.AgentId;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.event.InverseOfferEvent;
import io.proffer.master.core.event.MaintenanceEvent;
import io.proffer.master.core.fact.Maintenance;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.EndOffers;
import io.proffer.master.core.validate.MaintenanceValidation;

/**
 * UPDATE_MAINTENANCE_SCHEDULE: a plan in place of the old one. Offers of agents on machines of
 * either are taken back, for new ones to say when the machine will be away; so are inverse offers,
 * and what frameworks answered to those of the old plan is forgotten.
 */
public final class UpdateSchedule {
  private UpdateSchedule() {}

  public static void decide(OperatorCommand.UpdateSchedule update, Turn turn) {
    var before = turn.state().maintenance();
    var violation = MaintenanceValidation.checkSchedule(update.schedule(), before);
    if (violation.isPresent()) {
      turn.reject(update.replyTo(), Rejection.invalid(violation.get()));
      return;
    }
    var after = new Maintenance(update.schedule(), before.down());
    turn.emit(new MaintenanceEvent.Changed(after));
    for (var agent : turn.state().agents().all()) {
      if (before.of(agent).isPresent() || after.of(agent).isPresent()) {
        EndOffers.rescindOn(agent.id(), turn);
        forgetAnswers(agent.id(), turn);
      }
    }
    turn.send(new Reply.Done(update.replyTo()));
  }

  /** They were about the old plan. */
  private static void forgetAnswers(AgentId agent, Turn turn) {
    if (turn.state().inverseOffers().isAnswered(agent)) {
      turn.emit(new InverseOfferEvent.AnswersForgotten(agent));
    }
  }
}
