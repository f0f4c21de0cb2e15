package io.proffer.agent.core;

import io.proffer.agent.core.command.ClockCommand;
import io.proffer.agent.core.command.Command;
import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.command.ExecutorCommand;
import io.proffer.agent.core.command.HostCommand;
import io.proffer.agent.core.command.LeaderCommand;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.command.OperatorCommand;
import io.proffer.agent.core.effect.Effect;
import io.proffer.agent.core.effect.Reply;
import io.proffer.agent.core.event.Event;
import io.proffer.agent.core.fact.AgentFacts;
import io.proffer.agent.core.fact.AgentLimits;
import io.proffer.agent.core.fact.AgentTimes;
import io.proffer.agent.core.fact.Link;
import io.proffer.agent.core.fact.Memory;
import io.proffer.agent.core.rule.AcknowledgeUpdate;
import io.proffer.agent.core.rule.DeliverMessage;
import io.proffer.agent.core.rule.DrainAgent;
import io.proffer.agent.core.rule.EndExecutor;
import io.proffer.agent.core.rule.EndTask;
import io.proffer.agent.core.rule.FollowMaster;
import io.proffer.agent.core.rule.ForgetEnd;
import io.proffer.agent.core.rule.ForwardMessage;
import io.proffer.agent.core.rule.KillTask;
import io.proffer.agent.core.rule.LaunchTask;
import io.proffer.agent.core.rule.LoseExecutor;
import io.proffer.agent.core.rule.MissMaster;
import io.proffer.agent.core.rule.ObeyShutdown;
import io.proffer.agent.core.rule.ReconcileTasks;
import io.proffer.agent.core.rule.Recover;
import io.proffer.agent.core.rule.ShutDownExecutor;
import io.proffer.agent.core.rule.ShutDownFramework;
import io.proffer.agent.core.rule.StartExecutor;
import io.proffer.agent.core.rule.StartTask;
import io.proffer.agent.core.rule.SubscribeExecutor;
import io.proffer.agent.core.rule.TakeUpdate;
import io.proffer.agent.core.rule.TurnToLeader;
import io.proffer.agent.core.rule.UpdateFramework;
import io.proffer.agent.core.rule.WatchDisk;
import io.proffer.agent.core.state.AgentState;
import io.proffer.agent.core.state.Turn;
import io.proffer.kernel.Core;
import io.proffer.kernel.Frame;
import io.proffer.kernel.Moment;
import java.time.Instant;
import java.util.OptionalLong;

/** Decides for one agent. */
public final class AgentCore implements Core<Command, Event, Effect> {
  private final AgentState state;

  public AgentCore(AgentFacts facts, AgentTimes times, AgentLimits limits) {
    this.state = new AgentState(facts, times, limits);
  }

  /**
   * One that remembers. Its first command is {@code HostCommand.Recover}; before that it looks for
   * no master.
   *
   * @param nowNanos monotonic
   * @param now the same as wall time: deadlines that were kept as such become monotonic
   */
  public AgentCore(
      AgentFacts facts,
      AgentTimes times,
      AgentLimits limits,
      Memory memory,
      long nowNanos,
      Instant now) {
    this.state = new AgentState(facts, times, limits, memory, nowNanos, now);
  }

  @Override
  public Frame<Event, Effect> handle(Command command, Moment moment) {
    var turns = new Turns(state, command, moment);
    if (command instanceof ClockCommand.Tick) {
      new Ticking(state, turns).run();
    } else if (!turns.take(turn -> decide(command, turn))
        && command instanceof MasterCommand.RunTask run
        && isCurrent(run)) {
      turns.take(turn -> LaunchTask.giveUp(run, turn));
    }
    return turns.frame();
  }

  @Override
  public OptionalLong nextDeadlineNanos() {
    return state.deadlines().next();
  }

  private void decide(Command command, Turn turn) {
    switch (command) {
      case MasterCommand c -> decide(c, turn);
      case LeaderCommand.Sighted c -> TurnToLeader.decide(c, turn);
      case ExecutorCommand.Subscribe c -> SubscribeExecutor.decide(c, turn);
      case ExecutorCommand.Update c -> TakeUpdate.decide(c, turn);
      case ExecutorCommand.Message c -> ForwardMessage.decide(c, turn);
      case ExecutorCommand.Disconnected c -> LoseExecutor.decide(c, turn);
      case ContainerCommand c -> decide(c, turn);
      case HostCommand.Recover c -> Recover.decide(c, turn);
      case HostCommand.Disk c -> WatchDisk.decide(c, turn);
      case OperatorCommand.Read c ->
          turn.send(new Reply.Answer(c.replyTo(), turn.state().snapshot()));
      case OperatorCommand.Stop c -> ObeyShutdown.decide(c, turn);
      case ClockCommand.Tick ignored ->
          throw new IllegalStateException("each deadline of a tick has a turn of its own");
    }
  }

  /** A container is that of a custom executor, or of a command task, or of nobody any more. */
  private void decide(ContainerCommand command, Turn turn) {
    var isHost = state.hosts().find(command.container()).isPresent();
    if (command instanceof ContainerCommand.Started started) {
      if (isHost) {
        StartExecutor.decide(started, turn);
      } else {
        StartTask.decide(started, turn);
      }
    } else if (isHost) {
      EndExecutor.decide(command, turn);
    } else {
      EndTask.decide(command, turn);
    }
  }

  private void decide(MasterCommand command, Turn turn) {
    if (!isCurrent(command)) {
      return;
    }
    switch (command) {
      case MasterCommand.Registered c -> FollowMaster.decide(c, turn);
      case MasterCommand.Lost c -> MissMaster.decide(c, turn);
      case MasterCommand.Shutdown c -> ObeyShutdown.decide(c, turn);
      case MasterCommand.RunTask c -> LaunchTask.decide(c, turn);
      case MasterCommand.KillTask c -> KillTask.decide(c, turn);
      case MasterCommand.Drain c -> DrainAgent.decide(c, turn);
      case MasterCommand.ShutdownExecutor c -> ShutDownExecutor.decide(c, turn);
      case MasterCommand.ShutdownFramework c -> ShutDownFramework.decide(c, turn);
      case MasterCommand.UpdateFramework c -> UpdateFramework.decide(c, turn);
      case MasterCommand.Message c -> DeliverMessage.decide(c, turn);
      case MasterCommand.EndHeard c -> ForgetEnd.decide(c, turn);
      case MasterCommand.Acknowledge c -> AcknowledgeUpdate.decide(c, turn);
      case MasterCommand.ReconcileTasks c -> ReconcileTasks.decide(c, turn);
    }
  }

  /** Opening is answered in the session that is being opened, all else belongs to an open one. */
  private boolean isCurrent(MasterCommand command) {
    return switch (state.link()) {
      case Link.Detecting ignored -> false;
      case Link.Registering link ->
          link.session().equals(command.session())
              && (command instanceof MasterCommand.Registered
                  || command instanceof MasterCommand.Lost
                  || command instanceof MasterCommand.Shutdown);
      case Link.Registered link ->
          link.session().equals(command.session())
              && !(command instanceof MasterCommand.Registered);
    };
  }
}
