package io.proffer.master.core.rule.framework;

import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.Answers;
import io.proffer.master.core.step.EndOffers;

/** A stream ended: its framework has until its failover timeout to come back. */
public final class DisconnectFramework {
  private DisconnectFramework() {}

  public static void decide(SchedulerCommand.StreamEnded ended, Turn turn) {
    var framework = turn.state().frameworks().findByStream(ended.streamId());
    if (framework.isEmpty()) {
      return; // replaced, refused or removed: the end of such a stream means nothing
    }
    var id = framework.get().id();
    Answers.forget(ended.streamId(), turn);
    EndOffers.dropOf(id, turn);
    turn.emit(new FrameworkEvent.Disconnected(id, turn.moment().wall()));
  }
}
