package io.proffer.cli.view;

import picocli.CommandLine.Command;

/** {@code proffer agent reactivate}. */
@Command(
    name = "reactivate",
    description = "Offers an agent again that was deactivated, or has been drained.")
public final class ReactivateAgentCommand extends AgentOrder {
  public ReactivateAgentCommand() {
    super("REACTIVATE_AGENT");
  }
}
