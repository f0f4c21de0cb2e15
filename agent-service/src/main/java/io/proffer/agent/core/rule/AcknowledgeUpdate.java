package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.event.UpdateEvent;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.step.Leave;
import io.proffer.agent.core.step.Statuses;
import io.proffer.agent.core.update.Updates;

/** ACKNOWLEDGE: the next update of the task may leave; the last one ends the task. */
public final class AcknowledgeUpdate {
  private AcknowledgeUpdate() {}

  /** Anything but the head of the stream was acknowledged before, and is left alone. */
  public static void decide(MasterCommand.Acknowledge acknowledge, Turn turn) {
    var state = turn.state();
    var key = new TaskKey(acknowledge.framework(), acknowledge.task());
    var stream = state.streams().find(key);
    if (stream.isEmpty() || !stream.get().head().getUuid().equals(acknowledge.uuid())) {
      return;
    }
    turn.emit(new UpdateEvent.Acknowledged(key, acknowledge.uuid()));
    var task = state.tasks().find(key);
    if (task.isPresent() && Statuses.isTerminal(stream.get().head().getState())) {
      Leave.task(turn, task.get());
    } else {
      Updates.sendHead(turn, key);
      // That of a task which is not here may have been all that was left of its framework.
      Leave.framework(turn, key.framework());
    }
    Leave.agent(turn);
  }
}
