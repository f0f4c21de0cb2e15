package io.proffer.master.core.rule.query;

import io.proffer.master.core.command.Caller;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.step.Gatekeeper;

/**
 * Calls that are answered and change nothing: REQUEST, which the reference ignores too, and
 * ACKNOWLEDGE_OPERATION_STATUS, as no operation has a status to acknowledge yet.
 */
public final class AcceptOnly {
  private AcceptOnly() {}

  public static void decide(Caller caller, Turn turn) {
    Gatekeeper.accept(caller, turn);
  }
}
