package io.proffer.master.core.rule.framework;

import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.fact.Capabilities;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.EndOffers;
import io.proffer.master.core.step.Gatekeeper;
import io.proffer.master.core.step.TellAgents;
import io.proffer.master.core.validate.FrameworkValidation;
import java.util.Optional;

/** UPDATE_FRAMEWORK: the one call that is answered with its outcome (scheduler-api, section 4). */
public final class UpdateFramework {
  private UpdateFramework() {}

  public static void decide(SchedulerCommand.UpdateFramework update, Turn turn) {
    Gatekeeper.admit(update.caller(), turn)
        .ifPresent(
            framework -> {
              var error = refusal(framework, update, turn);
              if (error.isPresent()) {
                turn.reject(update.caller().replyTo(), Rejection.invalid(error.get()));
                return;
              }
              var forbidden = FrameworkRefusals.ofRoles(update.info(), update.caller().rights());
              if (forbidden.isPresent()) {
                turn.reject(update.caller().replyTo(), Rejection.forbidden(forbidden.get()));
              } else {
                apply(framework, update, turn);
                turn.send(new Reply.Done(update.caller().replyTo()));
              }
            });
  }

  private static Optional<String> refusal(
      Framework framework, SchedulerCommand.UpdateFramework update, Turn turn) {
    var info = update.info();
    return FrameworkRefusals.ofInfo(info, turn.settings())
        .map("Supplied FrameworkInfo is not valid: "::concat)
        .or(
            () ->
                FrameworkValidation.checkUpdate(framework.info(), info)
                    .map("FrameworkInfo update is not valid: "::concat))
        .or(
            () ->
                FrameworkRefusals.ofWishes(
                        info, update.suppressedRoles(), update.constraints(), turn.settings())
                    .map("'UpdateFramework' call is not valid: "::concat));
  }

  private static void apply(
      Framework framework, SchedulerCommand.UpdateFramework update, Turn turn) {
    var roles = FrameworkValidation.roles(update.info());
    for (var id : turn.state().offers().of(framework.id())) {
      if (!roles.contains(turn.state().offers().find(id).orElseThrow().role())) {
        EndOffers.rescind(id, turn);
      }
    }
    var suppressed = update.suppressedRoles().stream().distinct().toList();
    var revived =
        framework.suppressed().stream()
            .filter(role -> roles.contains(role) && !suppressed.contains(role))
            .toList();
    if (!revived.isEmpty()) {
      turn.emit(new FrameworkEvent.Revived(framework.id(), revived));
    }
    var row =
        new Framework(
            framework.id(),
            update.info(),
            Capabilities.of(update.info()),
            roles,
            suppressed,
            update.constraints(),
            framework.link(),
            framework.registered(),
            framework.reregistered(),
            framework.allocated(),
            turn.state().frameworks().find(framework.id()).orElseThrow().offered());
    turn.emit(new FrameworkEvent.Updated(row));
    TellAgents.ofChange(framework, row, turn);
  }
}
