package io.proffer.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Whether two documents say the same: the same fields with the same values, in any order of fields.
 * Of what differs from run to run, or from host to host, only the kind is compared.
 */
final class Likeness {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Fields whose value is a moment, an address, a measurement or a build. */
  private static final Set<String> VARIES =
      Set.of(
          "avg_load_15min",
          "avg_load_1min",
          "avg_load_5min",
          "build_date",
          "build_time",
          "build_user",
          "cpus_total",
          "elected_time",
          "executor_pid",
          "git_sha",
          "ip",
          "leader",
          "master_hostname",
          "mem_free_bytes",
          "mem_total_bytes",
          "mtime",
          "nanoseconds",
          "pid",
          "port",
          "registered_time",
          "reregistered_time",
          "start_time",
          "status_update_uuid",
          "timestamp",
          "unregistered_time",
          "uuid",
          "version");

  /** Lists of names and values that are each system's own. */
  private static final Set<String> OWN = Set.of("flags", "metrics");

  /** Measurements, whose fields must be there, and of their kind, whatever they say. */
  private static final Set<String> MEASURED = Set.of("statistics", "resource_statistics");

  /** Lists whose order means nothing: resources, and what the reference keeps in hash tables. */
  private static final Pattern UNORDERED =
      Pattern.compile("resources(_full)?$|^(frameworks|unreachable_tasks)$");

  private final Set<String> beside;

  /**
   * @param beside tasks and executors of the recordings that the suite has no twins of
   */
  Likeness(Set<String> beside) {
    this.beside = Set.copyOf(beside);
  }

  /** Fails with both when they do not say the same. */
  void check(JsonNode expected, JsonNode actual) {
    assertEquals(text(expected), ours(actual));
  }

  /** What counts in a recorded document, to be compared as text. */
  String text(JsonNode recorded) {
    return normal("", recorded).toPrettyString();
  }

  /** What counts in a document of ours, but for what is listed as ours alone. */
  String ours(JsonNode document) {
    return normal("", withoutOurs(document)).toPrettyString();
  }

  private static JsonNode withoutOurs(JsonNode document) {
    var copy = document.deepCopy();
    copy.findParents("proffer_version").forEach(parent -> drop(parent, "proffer_version"));
    copy.findParents("event_id").forEach(parent -> drop(parent, "event_id"));
    MEASURED.forEach(
        measured ->
            copy.findValues(measured)
                .forEach(
                    values -> List.of("processes", "threads").forEach(name -> drop(values, name))));
    return copy;
  }

  private static void drop(JsonNode parent, String field) {
    if (parent.has(field) && Differences.isAdded("field " + field)) {
      ((ObjectNode) parent).remove(field);
    }
  }

  private JsonNode normal(String field, JsonNode node) {
    if (VARIES.contains(field) || OWN.contains(field)) {
      return JSON.textNode(kind(node));
    }
    if (MEASURED.contains(field)) {
      return kinds(node);
    }
    return switch (node) {
      case ObjectNode object -> object(object);
      case ArrayNode array -> {
        var elements = new ArrayList<JsonNode>();
        array.forEach(
            element -> {
              if (!isBeside(element)) {
                elements.add(normal(field, element));
              }
            });
        if (UNORDERED.matcher(field).find()) {
          elements.sort(Comparator.comparing(JsonNode::toString));
        }
        yield JSON.arrayNode().addAll(elements);
      }
      default -> node.isTextual() ? JSON.textNode(text(node.asText())) : node;
    };
  }

  private JsonNode object(ObjectNode object) {
    var result = JSON.objectNode();
    var names = new TreeSet<String>();
    object.fieldNames().forEachRemaining(names::add);
    for (var name : names) {
      result.set(text(name), normal(name, object.get(name)));
    }
    return result;
  }

  private boolean isBeside(JsonNode element) {
    return beside.contains(element.path("id").asText())
        || beside.contains(element.at("/task_id/value").asText())
        || beside.contains(element.at("/executor_id/value").asText())
        || beside.contains(element.at("/executor_info/executor_id/value").asText());
  }

  private static String text(String text) {
    return Normal.text(text).replaceAll("^.*/slaves/AGENT", "RUN/slaves/AGENT");
  }

  private static JsonNode kinds(JsonNode node) {
    if (!(node instanceof ObjectNode object)) {
      return JSON.textNode(kind(node));
    }
    var result = JSON.objectNode();
    var names = new TreeSet<String>();
    object.fieldNames().forEachRemaining(names::add);
    names.forEach(name -> result.set(name, kinds(object.get(name))));
    return result;
  }

  private static String kind(JsonNode node) {
    return node.isNumber()
        ? node.isIntegralNumber() ? "whole number" : "number"
        : node.getNodeType().toString();
  }
}
