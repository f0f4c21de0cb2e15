package io.proffer.master.core.rule.task;

import io.proffer.api.id.AgentId;
import io.proffer.api.v1.OperationState;
import io.proffer.api.v1.OperationStatus;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.state.Agents;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.Gatekeeper;

/** RECONCILE_OPERATIONS: no operation is known, so that only what is asked for is answered. */
public final class ReconcileOperations {
  private ReconcileOperations() {}

  public static void decide(SchedulerCommand.ReconcileOperations reconcile, Turn turn) {
    Gatekeeper.accept(reconcile.caller(), turn)
        .ifPresent(
            framework -> {
              for (var asked : reconcile.operations()) {
                turn.send(
                    new ToFramework.OperationUpdate(
                        framework.stream().orElseThrow(), answer(asked, turn)));
              }
            });
  }

  private static OperationStatus answer(Call.ReconcileOperations.Operation asked, Turn turn) {
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
    return status
        .setState(OperationState.OPERATION_UNKNOWN)
        .setMessage("Reconciliation: Both operation and agent are unknown");
  }
}
