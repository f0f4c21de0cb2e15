package io.proffer.master.core.fact;

import io.proffer.api.acl.Rights;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.OfferId;
import io.proffer.api.id.TaskId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.Filters;
import io.proffer.api.v1.MachineID;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.scheduler.Call;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Work that would hold the loop too long in one turn: what remains of it, as a value.
 *
 * <p>Answers go on when their stream has drained, everything else with the next tick.
 */
public sealed interface Work {

  /** The tasks of a removed framework leave the books. */
  record ClearFramework(FrameworkId framework) implements Work {}

  /**
   * The tasks of an agent that was lost leave the books.
   *
   * @param loss what became of the agent, and so of its tasks
   * @param message what their frameworks are told
   * @param since when the agent was lost
   */
  record ClearAgent(AgentId agent, Loss loss, String message, Instant since) implements Work {
    /** How an agent is lost. */
    public enum Loss {
      /** It may come back, and bring its tasks. */
      UNREACHABLE,
      /** Nobody waits for it. */
      REMOVED,
      /** It may not come back. */
      GONE
    }
  }

  /**
   * The tasks of an agent that was marked gone while it was out of reach are unreachable no more.
   */
  record ClearUnreachable(AgentId agent) implements Work {}

  /** Agents that were lost long ago are forgotten. */
  record PruneAgents() implements Work {}

  /**
   * An ACCEPT whose offers have ended.
   *
   * @param left what remains of their resources
   * @param operation index of the operation to go on with
   * @param task index of its task to go on with
   * @param error what is wrong with that operation as a whole, if it is under way
   * @param rights what the one who called may do: those of that moment, to the last slice
   */
  record Accept(
      FrameworkId framework,
      AgentId agent,
      String role,
      Resources left,
      List<Offer.Operation> operations,
      int operation,
      int task,
      Optional<String> error,
      Filters filters,
      Rights rights)
      implements Work {}

  /**
   * The report on an ACCEPT of offers that are not valid.
   *
   * @param error why they are not
   * @param operation index of the operation to go on with
   * @param task index of its task to go on with
   */
  record RefuseAccept(
      FrameworkId framework,
      List<Offer.Operation> operations,
      String error,
      int operation,
      int task)
      implements Work {}

  /**
   * Offers are taken back, if they are still there.
   *
   * @param next index of the one to go on with
   */
  record RescindOffers(List<OfferId> offers, int next) implements Work {
    public RescindOffers {
      offers = List.copyOf(offers);
    }
  }

  /**
   * Frameworks are asked about planned maintenance.
   *
   * @param machines those that are planned, and still in service
   * @param next index of the one to go on with
   */
  record MakeInverseOffers(List<MachineID> machines, int next) implements Work {
    public MakeInverseOffers {
      machines = List.copyOf(machines);
    }
  }

  /** A long answer to one stream. */
  sealed interface Answer extends Work {
    String streamId();
  }

  /** Implicit reconciliation, from the task after this one. */
  record ReconcileAll(FrameworkId framework, String streamId, Optional<TaskId> after)
      implements Answer {}

  /** Explicit reconciliation of these, from the index on. */
  record ReconcileListed(
      FrameworkId framework, String streamId, List<Call.Reconcile.Task> tasks, int next)
      implements Answer {}

  /** Explicit reconciliation of these operations, from the index on. */
  record ReconcileOperations(
      String streamId, List<Call.ReconcileOperations.Operation> operations, int next)
      implements Answer {}
}
