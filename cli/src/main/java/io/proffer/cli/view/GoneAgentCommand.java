package io.proffer.cli.view;

import picocli.CommandLine.Command;

/** {@code proffer agent gone}. */
@Command(
    name = "gone",
    description = {
      "Gives an agent up for ever: its tasks are over, and it may not come back under this id.",
      "This cannot be taken back."
    })
public final class GoneAgentCommand extends AgentOrder {
  public GoneAgentCommand() {
    super("MARK_AGENT_GONE");
  }
}
