package io.proffer.master.core.rule.framework;

import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.Gatekeeper;

/** SUPPRESS: no offers until REVIVE; outstanding ones stay valid. */
public final class SuppressRoles {
  private SuppressRoles() {}

  public static void decide(SchedulerCommand.Suppress suppress, Turn turn) {
    Gatekeeper.accept(suppress.caller(), turn)
        .ifPresent(
            framework -> {
              var roles = suppress.roles().isEmpty() ? framework.roles() : suppress.roles();
              if (framework.roles().containsAll(roles)) {
                turn.emit(
                    new FrameworkEvent.Suppressed(
                        framework.id(), roles.stream().distinct().toList()));
              }
            });
  }
}
