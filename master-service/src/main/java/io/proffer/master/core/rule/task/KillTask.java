package io.proffer.master.core.rule.task;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.TaskId;
import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Task;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.Gatekeeper;
import io.proffer.master.core.step.ReconcileTask;
import io.proffer.master.core.step.Statuses;
import io.proffer.master.core.step.operation.Launches;
import java.util.Optional;

/**
 * KILL: passed on to the agent, and remembered until the task has ended (scheduler-api, section 6).
 */
public final class KillTask {
  private KillTask() {}

  public static void decide(SchedulerCommand.Kill kill, Turn turn) {
    Gatekeeper.accept(kill.caller(), turn)
        .ifPresent(
            framework -> {
              var task = turn.state().tasks().find(framework.id(), kill.task());
              if (task.isPresent()) {
                kill(task.get(), kill, turn);
              } else {
                killUnknown(framework, kill, turn);
              }
            });
  }

  private static void kill(Task task, SchedulerCommand.Kill kill, Turn turn) {
    if (kill.agent().filter(agent -> !agent.equals(task.agent())).isPresent()) {
      return;
    }
    turn.emit(new TaskEvent.KillAsked(task.framework(), task.id(), task.agent()));
    turn.state()
        .agents()
        .session(task.agent())
        .ifPresent(
            session ->
                turn.send(
                    new ToAgent.KillTask(session, task.framework(), task.id(), kill.policy())));
  }

  /**
   * About to be launched in a later turn: it will not be. Else the framework learns what is known.
   */
  private static void killUnknown(Framework framework, SchedulerCommand.Kill kill, Turn turn) {
    var agent = launchingOn(framework, kill.task(), turn);
    if (agent.isPresent()) {
      turn.emit(new TaskEvent.KillAsked(framework.id(), kill.task(), agent.get()));
      return;
    }
    ReconcileTask.answer(framework, kill.task(), kill.agent(), turn)
        .ifPresent(status -> Statuses.tell(framework.id(), status, turn));
  }

  private static Optional<AgentId> launchingOn(Framework framework, TaskId task, Turn turn) {
    for (var accept : turn.state().works().accepts(framework.id())) {
      if (Launches.isWaiting(accept, task)) {
        return Optional.of(accept.agent());
      }
    }
    return Optional.empty();
  }
}
