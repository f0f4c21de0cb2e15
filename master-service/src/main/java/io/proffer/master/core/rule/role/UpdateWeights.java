package io.proffer.master.core.rule.role;

import io.proffer.api.acl.Action;
import io.proffer.api.resource.Roles;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.event.RoleEvent;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.MakeRoom;
import io.proffer.master.core.step.RescindOffers;
import io.proffer.master.core.validate.WeightValidation;
import java.util.TreeMap;
import java.util.stream.Stream;

/** UPDATE_WEIGHTS: shares are counted anew, and all that is on offer is shared out again. */
public final class UpdateWeights {
  private UpdateWeights() {}

  public static void decide(OperatorCommand.UpdateWeights update, Turn turn) {
    var error = WeightValidation.check(update.weights(), turn.settings().roles());
    if (error.isPresent()) {
      turn.reject(update.replyTo(), Rejection.invalid(error.get()));
      return;
    }
    var weights = new TreeMap<String, Double>();
    update.weights().forEach(info -> weights.put(info.getRole(), info.getWeight()));
    var rights = update.rights();
    if (!weights.keySet().stream().allMatch(r -> rights.allow(Action.UPDATE_WEIGHT, r))) {
      turn.reject(update.replyTo(), Rejection.forbidden());
      return;
    }
    if (!weights.isEmpty()) {
      turn.emit(new RoleEvent.WeightsSet(weights));
    }
    if (weights.keySet().stream().anyMatch(role -> isInUse(role, turn))) {
      RescindOffers.begin(MakeRoom.forWeights(turn.state()), turn);
    }
    turn.send(new Reply.Done(update.replyTo()));
  }

  /** Whether any framework is in this role or below it: else its weight moves no share. */
  private static boolean isInUse(String role, Turn turn) {
    return turn.state().frameworks().all().stream()
        .flatMap(UpdateWeights::roles)
        .anyMatch(used -> used.equals(role) || Roles.isStrictSubRole(used, role));
  }

  private static Stream<String> roles(Framework framework) {
    return Stream.of(
            framework.roles().stream(),
            framework.allocated().allocationRoles().stream(),
            framework.offered().allocationRoles().stream())
        .flatMap(all -> all);
  }
}
