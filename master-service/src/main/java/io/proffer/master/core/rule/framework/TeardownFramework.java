package io.proffer.master.core.rule.framework;

import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.ClearFramework;
import io.proffer.master.core.step.Gatekeeper;

/** TEARDOWN: the framework goes for good, with all its tasks. */
public final class TeardownFramework {
  private TeardownFramework() {}

  public static void decide(SchedulerCommand.Teardown teardown, Turn turn) {
    Gatekeeper.accept(teardown.caller(), turn)
        .ifPresent(framework -> ClearFramework.remove(framework.id(), turn));
  }
}
