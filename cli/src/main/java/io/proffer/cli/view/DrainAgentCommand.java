package io.proffer.cli.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code proffer agent drain}. */
@Command(
    name = "drain",
    description = {
      "Ends the tasks of an agent, and offers nothing of it any more.",
      "'proffer agents' shows when it is drained, 'proffer agent reactivate' ends that.",
      "",
      "  proffer agent drain ID --grace_period 5mins"
    })
public final class DrainAgentCommand extends AgentOrder {
  @Option(
      names = "--grace_period",
      description = "How long a task may take to end, if it was not given less by its framework.")
  private Optional<Duration> gracePeriod = Optional.empty();

  @Option(
      names = "--gone",
      description = "Give the agent up for ever once it is empty, as 'proffer agent gone' does.")
  private boolean gone;

  public DrainAgentCommand() {
    super("DRAIN_AGENT");
  }

  @Override
  void add(ObjectNode body) {
    gracePeriod.ifPresent(
        time ->
            body.putObject("max_grace_period")
                .put("seconds", time.getSeconds())
                .put("nanos", time.getNano()));
    if (gone) {
      body.put("mark_gone", true);
    }
  }
}
