package io.proffer.master.core;

import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.command.ClockCommand;
import io.proffer.master.core.command.Command;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.command.ReplyTo;
import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.fact.Work;
import io.proffer.master.core.rule.agent.CheckRecovery;
import io.proffer.master.core.rule.agent.DeactivateAgent;
import io.proffer.master.core.rule.agent.DisconnectAgent;
import io.proffer.master.core.rule.agent.DrainAgent;
import io.proffer.master.core.rule.agent.ExpireAgent;
import io.proffer.master.core.rule.agent.ForwardMessage;
import io.proffer.master.core.rule.agent.LoseSilentAgent;
import io.proffer.master.core.rule.agent.MarkAgentGone;
import io.proffer.master.core.rule.agent.ReactivateAgent;
import io.proffer.master.core.rule.agent.ReportExecutorExit;
import io.proffer.master.core.rule.agent.SubscribeAgent;
import io.proffer.master.core.rule.agent.UnregisterAgent;
import io.proffer.master.core.rule.agent.WhitelistHosts;
import io.proffer.master.core.rule.framework.DisconnectFramework;
import io.proffer.master.core.rule.framework.ExpireFramework;
import io.proffer.master.core.rule.framework.RemoveFramework;
import io.proffer.master.core.rule.framework.ReviveRoles;
import io.proffer.master.core.rule.framework.SubscribeFramework;
import io.proffer.master.core.rule.framework.SuppressRoles;
import io.proffer.master.core.rule.framework.TeardownFramework;
import io.proffer.master.core.rule.framework.UpdateFramework;
import io.proffer.master.core.rule.maintenance.StartMaintenance;
import io.proffer.master.core.rule.maintenance.StopMaintenance;
import io.proffer.master.core.rule.maintenance.UpdateSchedule;
import io.proffer.master.core.rule.offer.AcceptOffers;
import io.proffer.master.core.rule.offer.AnswerInverseOffers;
import io.proffer.master.core.rule.offer.DeclineOffers;
import io.proffer.master.core.rule.offer.ExpireInverseOffer;
import io.proffer.master.core.rule.offer.ExpireOffer;
import io.proffer.master.core.rule.query.AcceptOnly;
import io.proffer.master.core.rule.query.ReadState;
import io.proffer.master.core.rule.query.RefuseUnknown;
import io.proffer.master.core.rule.role.RemoveQuota;
import io.proffer.master.core.rule.role.SetQuota;
import io.proffer.master.core.rule.role.UpdateQuota;
import io.proffer.master.core.rule.role.UpdateWeights;
import io.proffer.master.core.rule.task.AcknowledgeUpdate;
import io.proffer.master.core.rule.task.ContinueAnswer;
import io.proffer.master.core.rule.task.KillTask;
import io.proffer.master.core.rule.task.ReconcileOperations;
import io.proffer.master.core.rule.task.ReconcileTasks;
import io.proffer.master.core.rule.task.SendMessage;
import io.proffer.master.core.rule.task.ShutdownExecutor;
import io.proffer.master.core.rule.task.UpdateTask;
import io.proffer.master.core.state.Due;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.Answers;
import io.proffer.master.core.step.ClearAgent;
import io.proffer.master.core.step.ClearFramework;
import io.proffer.master.core.step.GoneTasks;
import io.proffer.master.core.step.MakeInverseOffers;
import io.proffer.master.core.step.PruneAgents;
import io.proffer.master.core.step.RescindOffers;
import io.proffer.master.core.step.operation.AcceptOperations;
import io.proffer.master.core.step.operation.InvalidOffers;
import java.util.Optional;

/** The switch: which rule decides which command. */
final class Rules {
  private Rules() {}

  static void decide(Command command, Turn turn) {
    switch (command) {
      case SchedulerCommand.Subscribe c -> SubscribeFramework.decide(c, turn);
      case SchedulerCommand.StreamEnded c -> DisconnectFramework.decide(c, turn);
      case SchedulerCommand.StreamDrained c -> ContinueAnswer.decide(c, turn);
      case SchedulerCommand.Teardown c -> TeardownFramework.decide(c, turn);
      case SchedulerCommand.Accept c -> AcceptOffers.decide(c, turn);
      case SchedulerCommand.Decline c -> DeclineOffers.decide(c, turn);
      case SchedulerCommand.AcceptInverseOffers c ->
          AnswerInverseOffers.decide(c.caller(), c.offers(), true, c.filters(), turn);
      case SchedulerCommand.DeclineInverseOffers c ->
          AnswerInverseOffers.decide(c.caller(), c.offers(), false, c.filters(), turn);
      case SchedulerCommand.Revive c -> ReviveRoles.decide(c, turn);
      case SchedulerCommand.Suppress c -> SuppressRoles.decide(c, turn);
      case SchedulerCommand.Kill c -> KillTask.decide(c, turn);
      case SchedulerCommand.Shutdown c -> ShutdownExecutor.decide(c, turn);
      case SchedulerCommand.Acknowledge c -> AcknowledgeUpdate.decide(c, turn);
      case SchedulerCommand.AcknowledgeOperation c -> AcceptOnly.decide(c.caller(), turn);
      case SchedulerCommand.Reconcile c -> ReconcileTasks.decide(c, turn);
      case SchedulerCommand.ReconcileOperations c -> ReconcileOperations.decide(c, turn);
      case SchedulerCommand.Message c -> SendMessage.decide(c, turn);
      case SchedulerCommand.Request c -> AcceptOnly.decide(c.caller(), turn);
      case SchedulerCommand.UpdateFramework c -> UpdateFramework.decide(c, turn);
      case SchedulerCommand.Unknown c -> RefuseUnknown.decide(c, turn);
      case AgentCommand.Subscribe c -> SubscribeAgent.decide(c, turn);
      case AgentCommand.SessionEnded c -> DisconnectAgent.decide(c, turn);
      case AgentCommand.Silent c -> LoseSilentAgent.decide(c, turn);
      case AgentCommand.Update c -> UpdateTask.decide(c, turn);
      case AgentCommand.Message c -> ForwardMessage.decide(c, turn);
      case AgentCommand.ExecutorExited c -> ReportExecutorExit.decide(c, turn);
      case AgentCommand.Unregister c -> UnregisterAgent.decide(c, turn);
      case OperatorCommand.Read c -> ReadState.decide(c, turn);
      case OperatorCommand.Teardown c -> RemoveFramework.decide(c, turn);
      case OperatorCommand.UpdateWeights c -> UpdateWeights.decide(c, turn);
      case OperatorCommand.UpdateQuota c -> UpdateQuota.decide(c, turn);
      case OperatorCommand.SetQuota c -> SetQuota.decide(c, turn);
      case OperatorCommand.RemoveQuota c -> RemoveQuota.decide(c, turn);
      case OperatorCommand.Explain _ ->
          throw new IllegalArgumentException("the allocator explains, see MasterCore");
      case OperatorCommand.Whitelist c -> WhitelistHosts.decide(c, turn);
      case OperatorCommand.UpdateSchedule c -> UpdateSchedule.decide(c, turn);
      case OperatorCommand.StartMaintenance c -> StartMaintenance.decide(c, turn);
      case OperatorCommand.StopMaintenance c -> StopMaintenance.decide(c, turn);
      case OperatorCommand.Deactivate c -> DeactivateAgent.decide(c, turn);
      case OperatorCommand.Drain c -> DrainAgent.decide(c, turn);
      case OperatorCommand.Reactivate c -> ReactivateAgent.decide(c, turn);
      case OperatorCommand.MarkGone c -> MarkAgentGone.decide(c, turn);
      case ClockCommand.Tick _ ->
          throw new IllegalArgumentException("a tick is several turns, see Ticking");
    }
  }

  /** What happens when a deadline passes. */
  static void decide(Due due, Turn turn) {
    switch (due) {
      case Due.FailoverTimeout d -> ExpireFramework.decide(d, turn);
      case Due.ReregisterTimeout d -> ExpireAgent.decide(d, turn);
      case Due.NextRemoval _ -> turn.nextRemoval();
      case Due.Removal d -> ExpireAgent.decide(d, turn);
      case Due.RecoveryEnd(var agents) -> CheckRecovery.decide(agents, turn);
      case Due.Prune _ -> PruneAgents.begin(turn);
      case Due.OfferTimeout d -> ExpireOffer.decide(d, turn);
      case Due.InverseOfferTimeout d -> ExpireInverseOffer.decide(d, turn);
      case Due.InverseOffers _ -> MakeInverseOffers.begin(turn);
    }
  }

  /** The next slice of work that is too long for one turn. */
  static void resume(long workId, Work work, Turn turn) {
    switch (work) {
      case Work.ClearFramework w -> ClearFramework.resume(workId, w, turn);
      case Work.ClearAgent w -> ClearAgent.resume(workId, w, turn);
      case Work.ClearUnreachable w -> GoneTasks.resume(workId, w, turn);
      case Work.PruneAgents _ -> PruneAgents.resume(workId, turn);
      case Work.Accept w -> AcceptOperations.resume(workId, w, turn);
      case Work.RefuseAccept w -> InvalidOffers.resume(workId, w, turn);
      case Work.RescindOffers w -> RescindOffers.resume(workId, w, turn);
      case Work.MakeInverseOffers w -> MakeInverseOffers.resume(workId, w, turn);
      case Work.Answer w -> Answers.drained(w.streamId(), turn);
    }
  }

  /** Who waits for the answer to a command, if anyone does. */
  static Optional<ReplyTo> replyTo(Command command) {
    return switch (command) {
      case SchedulerCommand.Subscribe c -> Optional.of(c.replyTo());
      case SchedulerCommand.StreamEnded _ -> Optional.empty();
      case SchedulerCommand.StreamDrained _ -> Optional.empty();
      case SchedulerCommand.FromSubscribed c -> Optional.of(c.caller().replyTo());
      case OperatorCommand.Read c -> Optional.of(c.replyTo());
      case OperatorCommand.Teardown c -> Optional.of(c.replyTo());
      case OperatorCommand.OfRoles c -> Optional.of(c.replyTo());
      case OperatorCommand.Explain c -> Optional.of(c.replyTo());
      case OperatorCommand.Whitelist _ -> Optional.empty();
      case OperatorCommand.UpdateSchedule c -> Optional.of(c.replyTo());
      case OperatorCommand.StartMaintenance c -> Optional.of(c.replyTo());
      case OperatorCommand.StopMaintenance c -> Optional.of(c.replyTo());
      case OperatorCommand.Deactivate c -> Optional.of(c.replyTo());
      case OperatorCommand.Drain c -> Optional.of(c.replyTo());
      case OperatorCommand.Reactivate c -> Optional.of(c.replyTo());
      case OperatorCommand.MarkGone c -> Optional.of(c.replyTo());
      case AgentCommand _ -> Optional.empty();
      case ClockCommand _ -> Optional.empty();
    };
  }
}
