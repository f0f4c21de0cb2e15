package io.proffer.master.core.rule.query;

import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.Gatekeeper;

/** A call of type UNKNOWN: refused once everything else about it is in order. */
public final class RefuseUnknown {
  private RefuseUnknown() {}

  public static void decide(SchedulerCommand.Unknown unknown, Turn turn) {
    Gatekeeper.admit(unknown.caller(), turn)
        .ifPresent(
            framework ->
                turn.reject(
                    unknown.caller().replyTo(),
                    new Rejection(Rejection.Kind.NOT_IMPLEMENTED, "501 Not Implemented.")));
  }
}
