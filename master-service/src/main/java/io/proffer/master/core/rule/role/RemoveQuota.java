package io.proffer.master.core.rule.role;

import io.proffer.api.acl.Action;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.event.RoleEvent;
import io.proffer.master.core.fact.Quota;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.validate.RoleWhitelist;
import java.util.List;

/** REMOVE_QUOTA: nothing is kept for the role any more, and nothing denied it. */
public final class RemoveQuota {
  private RemoveQuota() {}

  public static void decide(OperatorCommand.RemoveQuota remove, Turn turn) {
    var role = remove.role();
    if (!RoleWhitelist.has(role, turn.settings().roles())) {
      refuse(remove, "validate remove quota request", "Unknown role '" + role + "'", turn);
      return;
    }
    if (!remove.rights().allow(Action.UPDATE_QUOTA, role)) {
      turn.reject(remove.replyTo(), Rejection.forbidden());
      return;
    }
    // The reference ends itself here when it is asked by the call.
    if (turn.state().roles().quota(role).isDefault()) {
      refuse(remove, "remove quota", "Role '" + role + "' has no quota set", turn);
      return;
    }
    turn.emit(new RoleEvent.QuotasSet(List.of(Quota.none(role))));
    turn.send(new Reply.Done(remove.replyTo()));
  }

  private static void refuse(
      OperatorCommand.RemoveQuota remove, String what, String reason, Turn turn) {
    var where = remove.path().map(path -> " for path '" + path + "'").orElse("");
    turn.reject(remove.replyTo(), Rejection.invalid("Failed to " + what + where + ": " + reason));
  }
}
