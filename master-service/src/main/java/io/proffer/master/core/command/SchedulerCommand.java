package io.proffer.master.core.command;

import com.google.protobuf.ByteString;
import io.proffer.api.acl.Rights;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.OfferId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.Filters;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.KillPolicy;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.OperationID;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.api.v1.scheduler.OfferConstraints;
import java.util.List;
import java.util.Optional;

/** The calls of {@code /api/v1/scheduler}, and what becomes of their streams. */
public sealed interface SchedulerCommand extends Command {

  /**
   * SUBSCRIBE. Refusals before the stream opens come back through {@code replyTo}; everything else,
   * refusals as ERROR events included, goes to the stream.
   *
   * @param constraints the default instance when absent
   * @param streamId minted by the shell for the answer's {@code Mesos-Stream-Id}
   * @param rights what the one who subscribes may do
   */
  record Subscribe(
      FrameworkInfo info,
      List<String> suppressedRoles,
      OfferConstraints constraints,
      String streamId,
      Rights rights,
      ReplyTo replyTo)
      implements SchedulerCommand {}

  /** The stream ended, whoever ended it. Unknown and replaced streams are ignored. */
  record StreamEnded(String streamId) implements SchedulerCommand {}

  /** The stream has room again after an {@code ToFramework.PageEnd}: long answers go on. */
  record StreamDrained(String streamId) implements SchedulerCommand {}

  /** Every call but SUBSCRIBE: it comes from a framework that says it is subscribed. */
  sealed interface FromSubscribed extends SchedulerCommand {
    Caller caller();
  }

  record Teardown(Caller caller) implements FromSubscribed {}

  record Accept(
      Caller caller, List<OfferId> offers, List<Offer.Operation> operations, Filters filters)
      implements FromSubscribed {}

  record Decline(Caller caller, List<OfferId> offers, Filters filters) implements FromSubscribed {}

  record AcceptInverseOffers(Caller caller, List<OfferId> offers, Filters filters)
      implements FromSubscribed {}

  record DeclineInverseOffers(Caller caller, List<OfferId> offers, Filters filters)
      implements FromSubscribed {}

  /** REVIVE; no roles means all of the framework's. */
  record Revive(Caller caller, List<String> roles) implements FromSubscribed {}

  /** SUPPRESS; no roles means all of the framework's. */
  record Suppress(Caller caller, List<String> roles) implements FromSubscribed {}

  record Kill(Caller caller, TaskId task, Optional<AgentId> agent, Optional<KillPolicy> policy)
      implements FromSubscribed {}

  record Shutdown(Caller caller, ExecutorId executor, AgentId agent) implements FromSubscribed {}

  /** ACKNOWLEDGE; {@code uuid} is 16 bytes. */
  record Acknowledge(Caller caller, AgentId agent, TaskId task, ByteString uuid)
      implements FromSubscribed {}

  record AcknowledgeOperation(
      Caller caller, Optional<AgentId> agent, OperationID operation, ByteString uuid)
      implements FromSubscribed {}

  /** RECONCILE; no tasks means implicit reconciliation. */
  record Reconcile(Caller caller, List<Call.Reconcile.Task> tasks) implements FromSubscribed {}

  /** RECONCILE_OPERATIONS; no operations means implicit reconciliation. */
  record ReconcileOperations(Caller caller, List<Call.ReconcileOperations.Operation> operations)
      implements FromSubscribed {}

  record Message(Caller caller, AgentId agent, ExecutorId executor, ByteString data)
      implements FromSubscribed {}

  /** REQUEST: counted, and otherwise ignored, as in the reference. */
  record Request(Caller caller) implements FromSubscribed {}

  record UpdateFramework(
      Caller caller, FrameworkInfo info, List<String> suppressedRoles, OfferConstraints constraints)
      implements FromSubscribed {}

  /** A call of type UNKNOWN: it must pass all checks of a call before it is answered 501. */
  record Unknown(Caller caller) implements FromSubscribed {}
}
