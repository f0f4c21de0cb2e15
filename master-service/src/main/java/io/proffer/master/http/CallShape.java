package io.proffer.master.http;

import com.google.protobuf.ByteString;
import io.proffer.api.v1.scheduler.Call;
import java.util.Optional;

/**
 * Whether a scheduler call has all its parts (scheduler-api.md, 2.1 and 3). What they mean is for
 * the core to judge; a call that passes here can be turned into a command.
 */
public final class CallShape {
  private static final Optional<String> FINE = Optional.empty();
  private static final int UUID_BYTES = 16;

  private CallShape() {}

  /** The REASON of {@code Failed to validate scheduler::Call: REASON}, or nothing. */
  public static Optional<String> check(Call call) {
    if (!call.hasType()) {
      return expecting("type");
    }
    if (call.getType() == Call.Type.SUBSCRIBE) {
      return checkSubscribe(call);
    }
    if (!call.hasFrameworkId()) {
      return expecting("framework_id");
    }
    return switch (call.getType()) {
      case UNKNOWN, SUBSCRIBE, TEARDOWN, REVIVE, SUPPRESS -> FINE;
      case ACCEPT -> present(call.hasAccept(), "accept");
      case DECLINE -> present(call.hasDecline(), "decline");
      case ACCEPT_INVERSE_OFFERS -> present(call.hasAcceptInverseOffers(), "accept_inverse_offers");
      case DECLINE_INVERSE_OFFERS ->
          present(call.hasDeclineInverseOffers(), "decline_inverse_offers");
      case KILL -> present(call.hasKill(), "kill");
      case SHUTDOWN -> present(call.hasShutdown(), "shutdown");
      case ACKNOWLEDGE ->
          present(call.hasAcknowledge(), "acknowledge")
              .or(() -> checkUuid(call.getAcknowledge().getUuid()));
      case ACKNOWLEDGE_OPERATION_STATUS -> checkOperationAcknowledgement(call);
      case RECONCILE -> present(call.hasReconcile(), "reconcile");
      case RECONCILE_OPERATIONS -> present(call.hasReconcileOperations(), "reconcile_operations");
      case MESSAGE -> present(call.hasMessage(), "message");
      case REQUEST -> present(call.hasRequest(), "request");
      case UPDATE_FRAMEWORK -> checkUpdate(call);
    };
  }

  private static Optional<String> checkSubscribe(Call call) {
    if (!call.hasSubscribe()) {
      return expecting("subscribe");
    }
    var inside = call.getSubscribe().getFrameworkInfo().getId();
    return inside.getValue().equals(call.getFrameworkId().getValue())
        ? FINE
        : Optional.of("'framework_id' differs from 'subscribe.framework_info.id'");
  }

  private static Optional<String> checkUpdate(Call call) {
    if (!call.hasUpdateFramework()) {
      return expecting("update_framework");
    }
    var inside = call.getUpdateFramework().getFrameworkInfo().getId();
    return inside.getValue().equals(call.getFrameworkId().getValue())
        ? FINE
        : Optional.of("'framework_id' differs from 'update_framework.framework_info.id'");
  }

  private static Optional<String> checkOperationAcknowledgement(Call call) {
    if (!call.hasAcknowledgeOperationStatus()) {
      return expecting("acknowledge_operation_status");
    }
    var acknowledgement = call.getAcknowledgeOperationStatus();
    return checkUuid(acknowledgement.getUuid())
        .or(() -> present(acknowledgement.hasAgentId(), "agent_id"));
  }

  private static Optional<String> checkUuid(ByteString uuid) {
    return uuid.size() == UUID_BYTES ? FINE : Optional.of("Not a valid UUID");
  }

  private static Optional<String> present(boolean there, String field) {
    return there ? FINE : expecting(field);
  }

  private static Optional<String> expecting(String field) {
    return Optional.of("Expecting '" + field + "' to be present");
  }
}
