package io.proffer.e2e.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Takes out of a document what differs from run to run: ids, times, ports, pids, versions. */
final class Normal {
  private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
  private static final List<String> VARIES =
      List.of("timestamp", "executor_pid", "uuid", "version", "port", "pid", "ip");

  private Normal() {}

  /** The text with ids of frameworks, agents, offers, masters and containers replaced. */
  static String text(String text) {
    return text.replaceAll(UUID + "-O\\d+", "OFFER")
        .replaceAll(UUID + "-S\\d+", "AGENT")
        .replaceAll(UUID + "-\\d{4,}", "FRAMEWORK")
        .replaceAll(UUID, "ID")
        .replaceAll("'[^' ]*/slaves/", "'RUN/slaves/")
        // What is left of the agent depends on the tasks that ran before.
        .replaceAll(
            "(more than available .*cpus[^:]*: ?[^:]*:)[0-9.]+(.*mem[^:]*: ?[^:]*:)[0-9.]+",
            "$1N$2N");
  }

  /** The document with the same replacements, and fields that vary set to a fixed word. */
  static JsonNode document(JsonNode node) {
    if (node instanceof ObjectNode object) {
      var result = JsonNodeFactory.instance.objectNode();
      object
          .properties()
          .forEach(
              e ->
                  result.set(
                      e.getKey(),
                      VARIES.contains(e.getKey())
                          ? JsonNodeFactory.instance.textNode(kind(e.getValue()))
                          : document(e.getValue())));
      return result;
    }
    if (node instanceof ArrayNode array) {
      var result = JsonNodeFactory.instance.arrayNode();
      array.forEach(e -> result.add(document(e)));
      return result;
    }
    return node.isTextual() ? JsonNodeFactory.instance.textNode(text(node.asText())) : node;
  }

  private static String kind(JsonNode node) {
    return node.getNodeType().toString();
  }
}
