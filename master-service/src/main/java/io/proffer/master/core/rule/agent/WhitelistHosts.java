package io.proffer.master.core.rule.agent;

import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.state.Turn;

/**
 * Only agents on these hosts are offered from now on. Offers that are out stay, as in the
 * reference: who takes one has it.
 */
public final class WhitelistHosts {
  private WhitelistHosts() {}

  public static void decide(OperatorCommand.Whitelist whitelist, Turn turn) {
    turn.emit(new AgentEvent.Whitelisted(whitelist.hostnames()));
  }
}
