package io.proffer.master.core.rule.role;

import io.proffer.api.acl.Action;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.event.RoleEvent;
import io.proffer.master.core.fact.Quota;
import io.proffer.master.core.fact.QuotaCharge;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.MakeRoom;
import io.proffer.master.core.step.RescindOffers;
import io.proffer.master.core.validate.QuotaRequestValidation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** SET_QUOTA: a role that has no quota gets one, whose limits are its guarantees. */
public final class SetQuota {
  private SetQuota() {}

  public static void decide(OperatorCommand.SetQuota set, Turn turn) {
    var refused = check(set, turn);
    if (refused.isPresent()) {
      turn.reject(set.replyTo(), refused.get());
      return;
    }
    var quota = Quota.of(set.request());
    turn.emit(new RoleEvent.QuotasSet(List.of(quota)));
    RescindOffers.begin(MakeRoom.forGuarantee(quota, turn.state()), turn);
    turn.send(new Reply.Done(set.replyTo()));
  }

  private static Optional<Rejection> check(OperatorCommand.SetQuota set, Turn turn) {
    var request = set.request();
    var wrong = QuotaRequestValidation.check(request, turn.settings().roles());
    if (wrong.isPresent()) {
      return wrong.map(Rejection::invalid);
    }
    var role = request.getRole();
    if (!set.rights().allow(Action.UPDATE_QUOTA, role)) {
      return Optional.of(Rejection.forbidden());
    }
    var roles = turn.state().roles();
    if (!roles.quota(role).isDefault()) {
      return Optional.of(
          Rejection.invalid(
              "Failed to validate set quota request: Cannot set quota for role '"
                  + role
                  + "' which already has quota"));
    }
    if (request.getForce()) {
      return Optional.empty();
    }
    var after = new ArrayList<>(roles.quotas().values());
    after.add(Quota.of(request));
    return QuotaTexts.overcommit(after, QuotaCharge.of(turn.state().agents().all()))
        .map(
            text ->
                Rejection.conflict(
                    "Quota guarantees overcommit the cluster (use 'force' to bypass this check):"
                        + " Total quota guarantees "
                        + text));
  }
}
