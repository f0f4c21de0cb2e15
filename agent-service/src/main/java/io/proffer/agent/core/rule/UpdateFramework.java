package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.event.FrameworkEvent;
import io.proffer.agent.core.state.Turn;
import io.proffer.api.id.FrameworkId;

/** A framework changed its info: what is here of it follows the new one. */
public final class UpdateFramework {
  private UpdateFramework() {}

  /** A framework that is not here need not be known. */
  public static void decide(MasterCommand.UpdateFramework update, Turn turn) {
    var known = turn.state().frameworks().find(FrameworkId.of(update.framework().getId()));
    if (known.isPresent() && !known.get().info().equals(update.framework())) {
      turn.emit(new FrameworkEvent.Known(update.framework()));
    }
  }
}
