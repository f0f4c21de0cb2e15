package io.proffer.master.core.step;

import io.proffer.api.id.AgentId;
import io.proffer.api.v1.OperationState;
import io.proffer.api.v1.OperationStatus;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.master.core.state.Agents;
import io.proffer.master.core.state.Turn;

/** What the master says of one operation it is asked about (scheduler-api, section 9). */
final class ReconcileOperation {
  private ReconcileOperation() {}

  /** The answer for an operation, of which only the id is sure. */
  static OperationStatus answer(Call.ReconcileOperations.Operation asked, Turn turn) {
    var status = OperationStatus.newBuilder().setOperationId(asked.getOperationId());
    if (!asked.hasAgentId()) {
      return status
          .setState(OperationState.OPERATION_UNKNOWN)
          .setMessage("Reconciliation: Operation is unknown and no 'agent_id' was provided")
          .build();
    }
    status.setAgentId(asked.getAgentId());
    return describe(AgentId.of(asked.getAgentId()), status, turn.state().agents()).build();
  }

  private static OperationStatus.Builder describe(
      AgentId agent, OperationStatus.Builder status, Agents agents) {
    if (agents.recovered(agent).isPresent()) {
      return status
          .setState(OperationState.OPERATION_RECOVERING)
          .setMessage("Reconciliation: Agent is recovered but has not re-registered");
    }
    if (agents.find(agent).isPresent()) {
      return status
          .setState(OperationState.OPERATION_UNKNOWN)
          .setMessage("Reconciliation: Operation is unknown");
    }
    if (agents.unreachableSince(agent).isPresent()) {
      return status
          .setState(OperationState.OPERATION_UNREACHABLE)
          .setMessage("Reconciliation: Agent is unreachable");
    }
    if (agents.isGone(agent)) {
      return status
          .setState(OperationState.OPERATION_GONE_BY_OPERATOR)
          .setMessage("Reconciliation: Agent marked gone by operator");
    }
    return status
        .setState(OperationState.OPERATION_UNKNOWN)
        .setMessage("Reconciliation: Both operation and agent are unknown");
  }
}
