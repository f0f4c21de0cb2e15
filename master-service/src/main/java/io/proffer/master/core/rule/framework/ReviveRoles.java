package io.proffer.master.core.rule.framework;

import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.Gatekeeper;

/** REVIVE: offers again, as if nothing had been declined. */
public final class ReviveRoles {
  private ReviveRoles() {}

  public static void decide(SchedulerCommand.Revive revive, Turn turn) {
    Gatekeeper.accept(revive.caller(), turn)
        .ifPresent(
            framework -> {
              var roles = revive.roles().isEmpty() ? framework.roles() : revive.roles();
              if (framework.roles().containsAll(roles)) {
                turn.emit(
                    new FrameworkEvent.Revived(framework.id(), roles.stream().distinct().toList()));
              }
            });
  }
}
