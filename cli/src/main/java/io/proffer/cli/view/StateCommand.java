package io.proffer.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

/** Everything at a glance. */
@Command(
    name = "state",
    description = "Shows agents, frameworks and tasks of the cluster at one moment.")
public final class StateCommand extends CallView {
  public StateCommand() {
    super("GET_STATE");
  }

  @Override
  String body(JsonNode body) {
    return AgentsCommand.table(body.path("get_agents").path("agents"))
        + "\n"
        + FrameworksCommand.table(body.path("get_frameworks"))
        + "\n"
        + TasksCommand.table(body.path("get_tasks"));
  }
}
