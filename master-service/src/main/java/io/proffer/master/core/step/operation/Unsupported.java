package io.proffer.master.core.step.operation;

import io.proffer.api.v1.Offer;
import io.proffer.api.v1.OperationState;
import io.proffer.api.v1.OperationStatus;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.validate.OperationSyntax;

/** Operations on reservations, volumes and disks: refused, and heard of if they have an id. */
final class Unsupported {
  private Unsupported() {}

  static void answer(Offer.Operation operation, Launch launch) {
    switch (operation.getType()) {
      // Without tasks there is nobody to report on.
      case UNKNOWN, LAUNCH, LAUNCH_GROUP -> {}
      case RESERVE,
          UNRESERVE,
          CREATE,
          DESTROY,
          GROW_VOLUME,
          SHRINK_VOLUME,
          CREATE_DISK,
          DESTROY_DISK -> {
        // An agent that vanished takes such an operation with it in silence.
        if (launch.agent().isPresent()) {
          fail(operation, reason(operation, launch), launch.framework(), launch.turn());
        }
      }
    }
  }

  private static String reason(Offer.Operation operation, Launch launch) {
    return OperationSyntax.check(operation, launch.role())
        .map("Operation attempted with invalid resources: "::concat)
        .or(
            () ->
                OperationSyntax.checkFeedback(
                    operation,
                    launch.agentId().value(),
                    launch.agent().orElseThrow().capabilities()))
        .orElse(
            "Operation " + operation.getType() + " is not supported by this version of the master");
  }

  /** OPERATION_ERROR, if the operation has an id; without one its framework hears nothing. */
  static void fail(Offer.Operation operation, String message, Framework framework, Turn turn) {
    if (!operation.hasId() || framework.stream().isEmpty()) {
      return;
    }
    var status =
        OperationStatus.newBuilder()
            .setOperationId(operation.getId())
            .setState(OperationState.OPERATION_ERROR)
            .setMessage(message)
            .build();
    turn.send(new ToFramework.OperationUpdate(framework.stream().get(), status));
  }
}
