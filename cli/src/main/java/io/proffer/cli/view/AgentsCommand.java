package io.proffer.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.cli.client.Table;
import picocli.CommandLine.Command;

/** The agents a master knows. */
@Command(name = "agents", description = "Lists the agents, what they have and what is in use.")
public final class AgentsCommand extends CallView {
  public AgentsCommand() {
    super("GET_AGENTS");
  }

  @Override
  String body(JsonNode body) {
    return table(body.path("agents")).toString();
  }

  static Table table(JsonNode agents) {
    var table = new Table("AGENT", "HOST", "STATE", "TOTAL", "USED", "REGISTERED");
    for (var agent : agents) {
      var info = agent.path("agent_info");
      table.row(
          Cells.id(info.path("id")),
          info.path("hostname").asText() + ":" + info.path("port").asInt(5051),
          state(agent),
          Cells.resources(agent.path("total_resources")),
          Cells.resources(agent.path("allocated_resources")),
          Cells.time(agent.path("registered_time")));
    }
    return table;
  }

  private static String state(JsonNode agent) {
    if (agent.path("deactivated").asBoolean()) {
      return "deactivated";
    }
    return agent.path("active").asBoolean() ? "active" : "inactive";
  }
}
