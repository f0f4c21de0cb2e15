package io.proffer.master.http;

import io.proffer.api.acl.Rights;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.OfferId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.AgentID;
import io.proffer.api.v1.OfferID;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.master.core.command.Caller;
import io.proffer.master.core.command.ReplyTo;
import io.proffer.master.core.command.SchedulerCommand;
import java.util.List;
import java.util.Optional;

/** Turns calls that passed {@link CallShape} into commands. */
final class SchedulerCommands {
  private SchedulerCommands() {}

  /**
   * SUBSCRIBE on a new stream. The newest always wins: force, like in the reference, is ignored.
   */
  static SchedulerCommand subscribe(Call call, String streamId, Rights rights, ReplyTo replyTo) {
    var subscribe = call.getSubscribe();
    return new SchedulerCommand.Subscribe(
        subscribe.getFrameworkInfo(),
        subscribe.getSuppressedRolesList(),
        subscribe.getOfferConstraints(),
        streamId,
        rights,
        replyTo);
  }

  /** Any other call. */
  static SchedulerCommand of(Call call, Caller caller) {
    return switch (call.getType()) {
      case SUBSCRIBE -> throw new IllegalArgumentException("SUBSCRIBE needs a stream");
      case UNKNOWN -> new SchedulerCommand.Unknown(caller);
      case TEARDOWN -> new SchedulerCommand.Teardown(caller);
      case ACCEPT ->
          new SchedulerCommand.Accept(
              caller,
              offers(call.getAccept().getOfferIdsList()),
              call.getAccept().getOperationsList(),
              call.getAccept().getFilters());
      case DECLINE ->
          new SchedulerCommand.Decline(
              caller, offers(call.getDecline().getOfferIdsList()), call.getDecline().getFilters());
      case ACCEPT_INVERSE_OFFERS ->
          new SchedulerCommand.AcceptInverseOffers(
              caller,
              offers(call.getAcceptInverseOffers().getInverseOfferIdsList()),
              call.getAcceptInverseOffers().getFilters());
      case DECLINE_INVERSE_OFFERS ->
          new SchedulerCommand.DeclineInverseOffers(
              caller,
              offers(call.getDeclineInverseOffers().getInverseOfferIdsList()),
              call.getDeclineInverseOffers().getFilters());
      case REVIVE -> new SchedulerCommand.Revive(caller, call.getRevive().getRolesList());
      case SUPPRESS -> new SchedulerCommand.Suppress(caller, call.getSuppress().getRolesList());
      case KILL -> kill(call.getKill(), caller);
      case SHUTDOWN ->
          new SchedulerCommand.Shutdown(
              caller,
              ExecutorId.of(call.getShutdown().getExecutorId()),
              AgentId.of(call.getShutdown().getAgentId()));
      case ACKNOWLEDGE ->
          new SchedulerCommand.Acknowledge(
              caller,
              AgentId.of(call.getAcknowledge().getAgentId()),
              TaskId.of(call.getAcknowledge().getTaskId()),
              call.getAcknowledge().getUuid());
      case ACKNOWLEDGE_OPERATION_STATUS -> acknowledge(call, caller);
      case RECONCILE -> new SchedulerCommand.Reconcile(caller, call.getReconcile().getTasksList());
      case RECONCILE_OPERATIONS ->
          new SchedulerCommand.ReconcileOperations(
              caller, call.getReconcileOperations().getOperationsList());
      case MESSAGE ->
          new SchedulerCommand.Message(
              caller,
              AgentId.of(call.getMessage().getAgentId()),
              ExecutorId.of(call.getMessage().getExecutorId()),
              call.getMessage().getData());
      case REQUEST -> new SchedulerCommand.Request(caller);
      case UPDATE_FRAMEWORK ->
          new SchedulerCommand.UpdateFramework(
              caller,
              call.getUpdateFramework().getFrameworkInfo(),
              call.getUpdateFramework().getSuppressedRolesList(),
              call.getUpdateFramework().getOfferConstraints());
    };
  }

  private static SchedulerCommand kill(Call.Kill kill, Caller caller) {
    return new SchedulerCommand.Kill(
        caller,
        TaskId.of(kill.getTaskId()),
        agent(kill.hasAgentId(), kill.getAgentId()),
        kill.hasKillPolicy() ? Optional.of(kill.getKillPolicy()) : Optional.empty());
  }

  private static SchedulerCommand acknowledge(Call call, Caller caller) {
    var acknowledgement = call.getAcknowledgeOperationStatus();
    return new SchedulerCommand.AcknowledgeOperation(
        caller,
        agent(acknowledgement.hasAgentId(), acknowledgement.getAgentId()),
        acknowledgement.getOperationId(),
        acknowledgement.getUuid());
  }

  private static Optional<AgentId> agent(boolean given, AgentID id) {
    return given ? Optional.of(AgentId.of(id)) : Optional.empty();
  }

  private static List<OfferId> offers(List<OfferID> ids) {
    return ids.stream().map(OfferId::of).toList();
  }
}
