package io.proffer.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.cli.client.Table;
import java.util.List;
import picocli.CommandLine.Command;

/** The tasks a master knows. */
@Command(
    name = "tasks",
    description = "Lists the tasks: running ones first, then those that ended.")
public final class TasksCommand extends CallView {
  private static final List<String> LISTS =
      List.of("pending_tasks", "tasks", "unreachable_tasks", "completed_tasks", "orphan_tasks");

  public TasksCommand() {
    super("GET_TASKS");
  }

  @Override
  String body(JsonNode body) {
    return table(body).toString();
  }

  static Table table(JsonNode body) {
    var table = new Table("TASK", "NAME", "STATE", "RESOURCES", "FRAMEWORK", "AGENT");
    for (var list : LISTS) {
      for (var task : body.path(list)) {
        table.row(
            Cells.id(task.path("task_id")),
            task.path("name").asText(),
            task.path("state").asText(),
            Cells.resources(task.path("resources")),
            Cells.id(task.path("framework_id")),
            Cells.id(task.path("agent_id")));
      }
    }
    return table;
  }
}
