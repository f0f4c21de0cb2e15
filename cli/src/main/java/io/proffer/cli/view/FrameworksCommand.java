package io.proffer.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.cli.client.Table;
import picocli.CommandLine.Command;

/** The frameworks a master knows. */
@Command(name = "frameworks", description = "Lists the frameworks, also those that have ended.")
public final class FrameworksCommand extends CallView {
  public FrameworksCommand() {
    super("GET_FRAMEWORKS");
  }

  @Override
  String body(JsonNode body) {
    return table(body).toString();
  }

  static Table table(JsonNode body) {
    var table = new Table("FRAMEWORK", "NAME", "USER", "ROLES", "STATE", "ALLOCATED");
    body.path("frameworks").forEach(framework -> row(table, framework, false));
    body.path("completed_frameworks").forEach(framework -> row(table, framework, true));
    return table;
  }

  private static void row(Table table, JsonNode framework, boolean completed) {
    var info = framework.path("framework_info");
    table.row(
        Cells.id(info.path("id")),
        info.path("name").asText(),
        info.path("user").asText(),
        info.has("roles") ? Cells.names(info.path("roles")) : info.path("role").asText("*"),
        completed ? "completed" : state(framework),
        Cells.resources(framework.path("allocated_resources")));
  }

  private static String state(JsonNode framework) {
    if (!framework.path("connected").asBoolean()) {
      return framework.path("recovered").asBoolean() ? "recovered" : "disconnected";
    }
    return framework.path("active").asBoolean() ? "active" : "inactive";
  }
}
