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
import io.proffer.master.core.validate.QuotaValidation;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** UPDATE_QUOTA: room is made for what is guaranteed, out of offers alone. */
public final class UpdateQuota {
  private UpdateQuota() {}

  public static void decide(OperatorCommand.UpdateQuota update, Turn turn) {
    var wrong =
        update.configs().stream()
            .map(config -> QuotaValidation.check(config, turn.settings().roles()))
            .flatMap(Optional::stream)
            .findFirst();
    if (wrong.isPresent()) {
      turn.reject(update.replyTo(), Rejection.invalid(wrong.get()));
      return;
    }
    // Of a role that is named twice the last word counts.
    var quotas = new TreeMap<String, Quota>();
    update.configs().forEach(config -> quotas.put(config.getRole(), Quota.of(config)));
    if (!quotas.keySet().stream()
        .allMatch(role -> update.rights().allow(Action.UPDATE_QUOTA, role))) {
      turn.reject(update.replyTo(), Rejection.forbidden());
      return;
    }
    var charge = QuotaCharge.of(turn.state().agents().all());
    var tooMuch = update.force() ? Optional.<String>empty() : check(quotas, charge, turn);
    if (tooMuch.isPresent()) {
      turn.reject(
          update.replyTo(),
          Rejection.invalid(
              "Invalid QuotaConfig: "
                  + tooMuch.get()
                  + " (use 'force' flag to bypass this check)"));
      return;
    }
    if (!quotas.isEmpty()) {
      var all = List.copyOf(quotas.values());
      turn.emit(new RoleEvent.QuotasSet(all));
      RescindOffers.begin(MakeRoom.forQuotas(all, charge, turn.state()), turn);
    }
    turn.send(new Reply.Done(update.replyTo()));
  }

  private static Optional<String> check(
      SortedMap<String, Quota> quotas, QuotaCharge charge, Turn turn) {
    for (var quota : quotas.values()) {
      var consumed = charge.consumed(quota.role());
      if (!quota.allows(consumed)) {
        return Optional.of(
            "Role '"
                + quota.role()
                + "' is already consuming '"
                + consumed
                + "'; this is more than the requested limits '"
                + quota.limitsText()
                + "'");
      }
    }
    var after = new TreeMap<>(turn.state().roles().quotas());
    after.putAll(quotas);
    return QuotaTexts.overcommit(after.values(), charge).map("total quota guarantees "::concat);
  }
}
