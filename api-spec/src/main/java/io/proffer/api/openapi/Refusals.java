package io.proffer.api.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.api.endpoint.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What can go wrong at an endpoint: the texts of {@code refusals.yaml} that concern it. */
final class Refusals {
  private static final ObjectNode TEXTS = Yaml.resource("refusals.yaml");

  /** A text and why it is sent. */
  private record Refusal(String text, String reason) {}

  /** What an agent answers from its tables. */
  private static final List<String> OF_THE_AGENTS_CORE =
      List.of(
          "/state",
          "/containers",
          "/containerizer/debug",
          "/monitor/statistics",
          "/api/v1",
          "/api/v1/executor");

  private Refusals() {}

  /** Adds an answer per status. */
  static void addTo(ObjectNode responses, Endpoint endpoint, boolean master) {
    var byStatus = new TreeMap<String, List<Refusal>>();
    for (var group : groups(endpoint, master)) {
      collect((ObjectNode) TEXTS.get(group), byStatus);
    }
    byStatus.forEach((status, refusals) -> responses.set(status, answer(status, refusals)));
  }

  private static List<String> groups(Endpoint endpoint, boolean master) {
    var groups = new ArrayList<>(List.of("everywhere"));
    if (Security.isAsked(endpoint.access())) {
      groups.add("locked");
    }
    if (isCounted(endpoint)) {
      groups.add("counted");
    }
    if (!endpoint.methods().isEmpty()) {
      groups.add("method");
    }
    if (endpoint.answer() == Endpoint.AnswerKind.JSON) {
      groups.add("document");
    }
    if (endpoint.contract().takes("state")) {
      groups.add("selection");
    }
    if (master) {
      groups.add("master");
      if (!endpoint.local()) {
        groups.addAll(List.of("leader", "core"));
      }
    } else if (OF_THE_AGENTS_CORE.contains(endpoint.path())) {
      groups.add("agent");
    }
    if (endpoint.call().isPresent()) {
      groups.add("call");
      groups.add(Operations.side(endpoint).refusals());
    }
    if (!endpoint.contract().unanswered().isEmpty()) {
      groups.add("unanswered");
    }
    if (TEXTS.has(endpoint.path())) {
      groups.add(endpoint.path());
    }
    return groups;
  }

  /** Whether a client may ask it too often. */
  private static boolean isCounted(Endpoint endpoint) {
    return switch (endpoint.access()) {
      case READ_ONLY, READ_WRITE, FRAMEWORKS -> true;
      case OPEN -> endpoint.answer() == Endpoint.AnswerKind.FILE;
      case EXECUTORS, AGENTS -> false;
    };
  }

  private static void collect(ObjectNode group, Map<String, List<Refusal>> byStatus) {
    for (var status : group.properties()) {
      var refusals = byStatus.computeIfAbsent(status.getKey(), ignored -> new ArrayList<>());
      for (var text : status.getValue().properties()) {
        refusals.add(new Refusal(text.getKey(), text.getValue().textValue()));
      }
    }
  }

  private static ObjectNode answer(String status, List<Refusal> refusals) {
    var description = new StringBuilder();
    var examples = Yaml.object();
    for (var refusal : refusals) {
      var text = refusal.text().strip();
      description.append(description.isEmpty() ? "" : "\n").append("- ");
      description.append(text.isEmpty() ? "(no text)" : "`" + text + "`");
      description.append(": ").append(refusal.reason());
      if (!refusal.text().isEmpty()) {
        examples
            .putObject(Integer.toString(examples.size() + 1))
            .put("summary", refusal.reason())
            .put("value", refusal.text());
      }
    }
    var answer = Yaml.object().put("description", description.toString());
    headers(answer, status);
    if (!examples.isEmpty()) {
      var content = answer.putObject("content").putObject("text/plain");
      content.putObject("schema").put("type", "string");
      content.set("examples", examples);
    }
    return answer;
  }

  private static void headers(ObjectNode answer, String status) {
    var name =
        switch (status) {
          case "401" -> "WWW-Authenticate";
          case "307" -> "Location";
          case "405" -> "Allow";
          case "416" -> "Content-Range";
          case "429", "503" -> "Retry-After";
          default -> "";
        };
    if (!name.isEmpty()) {
      answer.putObject("headers").putObject(name).putObject("schema").put("type", "string");
    }
  }
}
