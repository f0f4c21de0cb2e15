package io.proffer.master.http;

import io.proffer.api.acl.Rights;
import io.proffer.api.v1.master.Call;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.command.ReplyTo;
import java.util.Optional;

/** What calls say of roles, as commands. */
final class RoleCommands {
  private RoleCommands() {}

  /** The command of a call that has all its parts. */
  @SuppressWarnings("deprecation") // the wire still has the old calls
  static OperatorCommand.OfRoles of(Call call, Rights rights, ReplyTo replyTo) {
    if (call.getType() == Call.Type.UPDATE_WEIGHTS) {
      return new OperatorCommand.UpdateWeights(
          call.getUpdateWeights().getWeightInfosList(), rights, replyTo);
    }
    if (call.getType() == Call.Type.UPDATE_QUOTA) {
      var update = call.getUpdateQuota();
      return new OperatorCommand.UpdateQuota(
          update.getQuotaConfigsList(), update.getForce(), rights, replyTo);
    }
    if (call.getType() == Call.Type.SET_QUOTA) {
      return new OperatorCommand.SetQuota(call.getSetQuota().getQuotaRequest(), rights, replyTo);
    }
    if (call.getType() == Call.Type.REMOVE_QUOTA) {
      return new OperatorCommand.RemoveQuota(
          call.getRemoveQuota().getRole(), Optional.empty(), rights, replyTo);
    }
    throw new IllegalArgumentException("says nothing of roles: " + call.getType());
  }
}
