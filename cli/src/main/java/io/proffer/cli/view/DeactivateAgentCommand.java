package io.proffer.cli.view;

import picocli.CommandLine.Command;

/** {@code proffer agent deactivate}. */
@Command(name = "deactivate", description = "Offers nothing of an agent any more; its tasks go on.")
public final class DeactivateAgentCommand extends AgentOrder {
  public DeactivateAgentCommand() {
    super("DEACTIVATE_AGENT");
  }
}
