package io.proffer.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.cli.client.Printable;
import java.util.StringJoiner;

/** An event of operators as a line for people. */
final class EventLine {
  private EventLine() {}

  static String of(JsonNode event) {
    var type = event.path("type").asText();
    return Printable.of("%-17s  %s".formatted(type, words(type, event)).stripTrailing());
  }

  private static String words(String type, JsonNode event) {
    return switch (type) {
      case "SUBSCRIBED" -> subscribed(event.path("subscribed"));
      case "TASK_ADDED" -> task(event.at("/task_added/task"));
      case "TASK_UPDATED" -> update(event.path("task_updated"));
      case "AGENT_ADDED" -> agent(event.at("/agent_added/agent"));
      case "AGENT_REMOVED" -> event.at("/agent_removed/agent_id/value").asText();
      case "FRAMEWORK_ADDED" -> framework(event.at("/framework_added/framework/framework_info"));
      case "FRAMEWORK_UPDATED" ->
          framework(event.at("/framework_updated/framework/framework_info"));
      case "FRAMEWORK_REMOVED" -> framework(event.at("/framework_removed/framework_info"));
      // A newer master may tell more: shown as it is.
      default -> event.toString();
    };
  }

  private static String subscribed(JsonNode subscribed) {
    if (subscribed.path("resumed").asBoolean()) {
      return "goes on where it was";
    }
    var state = subscribed.path("get_state");
    return "%d agents, %d frameworks, %d tasks"
        .formatted(
            state.at("/get_agents/agents").size(),
            state.at("/get_frameworks/frameworks").size(),
            state.at("/get_tasks/tasks").size());
  }

  private static String task(JsonNode task) {
    return "%s of %s on %s: %s"
        .formatted(
            id(task, "task_id"),
            id(task, "framework_id"),
            id(task, "agent_id"),
            task.path("state").asText());
  }

  private static String update(JsonNode update) {
    var status = update.path("status");
    var more = new StringJoiner(", ", " (", ")").setEmptyValue("");
    for (var name : new String[] {"reason", "message"}) {
      if (status.hasNonNull(name)) {
        more.add(status.path(name).asText());
      }
    }
    return "%s of %s on %s: %s%s"
        .formatted(
            id(status, "task_id"),
            id(update, "framework_id"),
            id(status, "agent_id"),
            status.path("state").asText(),
            more);
  }

  private static String agent(JsonNode agent) {
    var info = agent.path("agent_info");
    return "%s at %s:%d"
        .formatted(id(info, "id"), info.path("hostname").asText(), info.path("port").asInt(5051));
  }

  private static String framework(JsonNode info) {
    return "%s (%s)".formatted(id(info, "id"), info.path("name").asText());
  }

  private static String id(JsonNode parent, String name) {
    return parent.path(name).path("value").asText("-");
  }
}
