package io.proffer.cli.view;

import java.util.List;
import picocli.CommandLine.Command;

/** What operators order of agents; {@code proffer agent} alone is the service. */
@Command(name = "agent", mixinStandardHelpOptions = true)
public final class AgentOrdersCommand {
  /** All there are. */
  public static List<Object> all() {
    return List.of(
        new DrainAgentCommand(),
        new DeactivateAgentCommand(),
        new ReactivateAgentCommand(),
        new GoneAgentCommand());
  }
}
