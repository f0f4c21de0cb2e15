package io.proffer.master.core.rule.task;

import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Task;
import io.proffer.master.core.state.TaskStates;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.Gatekeeper;

/**
 * ACKNOWLEDGE: passed on to a connected agent, else dropped: the agent sends the update again. When
 * it was the terminal one, the task leaves the books.
 */
public final class AcknowledgeUpdate {
  private AcknowledgeUpdate() {}

  public static void decide(SchedulerCommand.Acknowledge acknowledge, Turn turn) {
    Gatekeeper.accept(acknowledge.caller(), turn)
        .ifPresent(
            framework ->
                turn.state()
                    .agents()
                    .session(acknowledge.agent())
                    .ifPresent(session -> passOn(framework, acknowledge, session, turn)));
  }

  private static void passOn(
      Framework framework, SchedulerCommand.Acknowledge acknowledge, String session, Turn turn) {
    var id = framework.id();
    var task = turn.state().tasks().find(id, acknowledge.task());
    var known = task.filter(t -> t.agent().equals(acknowledge.agent()));
    if (known.isPresent() && known.get().forwarded().isEmpty()) {
      return; // nothing was forwarded that could be acknowledged
    }
    turn.emit(new TaskEvent.Acknowledged(id, acknowledge.task(), acknowledge.uuid()));
    boolean isLast =
        known
            .flatMap(Task::forwarded)
            .filter(f -> TaskStates.isTerminal(f.state()) && f.uuid().equals(acknowledge.uuid()))
            .isPresent();
    if (isLast) {
      turn.emit(new TaskEvent.Completed(id, acknowledge.task()));
    }
    turn.send(new ToAgent.Acknowledge(session, id, acknowledge.task(), acknowledge.uuid()));
  }
}
