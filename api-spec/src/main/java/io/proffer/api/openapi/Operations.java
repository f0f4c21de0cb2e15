package io.proffer.api.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Message;
import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.Parameter;
import java.util.List;
import java.util.Set;

/** One row of the route table as an OpenAPI path item. */
final class Operations {
  private static final Set<Parameter.Place> IN_REQUEST_LINE_OR_HEAD =
      Set.of(Parameter.Place.QUERY, Parameter.Place.HEADER);
  private static final Side PLAIN = new Side("Documents", "", "");

  private final Schemas schemas;
  private final Answers answers;
  private final Examples examples;

  Operations(Schemas schemas, Examples examples) {
    this.schemas = schemas;
    this.examples = examples;
    this.answers = new Answers(schemas, examples);
  }

  /** Whose API an endpoint belongs to. */
  static Side side(Endpoint endpoint) {
    if (endpoint.call().isEmpty()) {
      return PLAIN;
    }
    var message = endpoint.call().get().getDescriptorForType().getFullName();
    return switch (message) {
      case "proffer.v1.scheduler.Call" -> new Side("Frameworks", "scheduler.yaml", "scheduler");
      case "proffer.v1.executor.Call" -> new Side("Executors", "executor.yaml", "executor");
      case "proffer.v1.master.Call" -> new Side("Operators", "master.yaml", "operator");
      case "proffer.v1.agent.Call" -> new Side("Operators", "agent.yaml", "agent operator");
      default -> new Side("Between master and agent", "", "internal");
    };
  }

  /** The path item of an endpoint. */
  ObjectNode item(Endpoint endpoint, String prefix) {
    var item = Yaml.object();
    if (endpoint.reach() == Endpoint.Reach.BOTH) {
      var servers = item.putArray("servers");
      servers.addObject().put("url", "/");
      servers.addObject().put("url", prefix);
    }
    item.set(verb(endpoint), operation(endpoint, prefix));
    return item;
  }

  private ObjectNode operation(Endpoint endpoint, String prefix) {
    var operation = Yaml.object();
    operation.putArray("tags").add(side(endpoint).tag());
    operation.put("summary", endpoint.summary());
    var description = description(endpoint);
    if (!description.isEmpty()) {
      operation.put("description", description);
    }
    operation.put("operationId", id(endpoint));
    Security.addTo(operation, endpoint, prefix.equals("/master") ? "master" : "agent");
    parameters(operation, endpoint);
    endpoint.call().ifPresent(call -> operation.set("requestBody", request(endpoint, call)));
    form(operation, endpoint);
    var responses = operation.putObject("responses");
    answers.addTo(responses, endpoint);
    Refusals.addTo(responses, endpoint, prefix.equals("/master"));
    return operation;
  }

  private static String description(Endpoint endpoint) {
    if (endpoint.internal()) {
      return "What a master and its agents say to each other, in protobuf; see"
          + " `docs/agent-protocol.md`. Not for clients.";
    }
    var unanswered = endpoint.contract().unanswered();
    if (unanswered.isEmpty()) {
      return "";
    }
    return "Described here, and answered with 501 so far: " + String.join(", ", unanswered) + ".";
  }

  private ObjectNode request(Endpoint endpoint, Message call) {
    var body = Yaml.object().put("required", true);
    var content = body.putObject("content");
    if (!endpoint.internal()) {
      var json = content.putObject("application/json");
      json.set("schema", schemas.reference(call.getDescriptorForType()));
      json.set("examples", calls(endpoint, call));
    } else {
      schemas.reference(call.getDescriptorForType());
    }
    content.set("application/x-protobuf", Answers.protobuf(call.getDescriptorForType()));
    return body;
  }

  private ObjectNode calls(Endpoint endpoint, Message call) {
    var calls = examples.of(call, Yaml.resource(side(endpoint).examples()).get("calls"));
    for (var name : endpoint.contract().unanswered()) {
      var example = (ObjectNode) calls.get(name);
      example.put("summary", name + " (501 so far)");
      example.put(
          "description", example.get("description").textValue() + " Answered with 501 so far.");
    }
    return calls;
  }

  private static void form(ObjectNode operation, Endpoint endpoint) {
    var fields = Yaml.object();
    var required = Yaml.MAPPER.createArrayNode();
    for (var parameter : endpoint.contract().parameters()) {
      if (parameter.place() == Parameter.Place.FORM) {
        fields
            .putObject(parameter.name())
            .put("type", type(parameter))
            .put("description", parameter.summary());
        required.add(parameter.name());
      }
    }
    if (!fields.isEmpty()) {
      var body = operation.putObject("requestBody").put("required", true);
      var schema =
          body.putObject("content")
              .putObject("application/x-www-form-urlencoded")
              .putObject("schema")
              .put("type", "object");
      schema.set("required", required);
      schema.set("properties", fields);
    }
  }

  private static void parameters(ObjectNode operation, Endpoint endpoint) {
    ArrayNode parameters = Yaml.MAPPER.createArrayNode();
    for (var parameter : endpoint.contract().parameters()) {
      if (IN_REQUEST_LINE_OR_HEAD.contains(parameter.place())) {
        parameters.add(parameter(parameter));
      }
    }
    if (endpoint.answer() == Endpoint.AnswerKind.JSON && endpoint.call().isEmpty()) {
      parameters.add(jsonp());
    }
    if (!parameters.isEmpty()) {
      operation.set("parameters", parameters);
    }
  }

  private static ObjectNode parameter(Parameter parameter) {
    var in = parameter.place() == Parameter.Place.QUERY ? "query" : "header";
    var written =
        Yaml.object()
            .put("name", parameter.name())
            .put("in", in)
            .put("required", parameter.required())
            .put("description", parameter.summary());
    written.putObject("schema").put("type", type(parameter));
    return written;
  }

  private static String type(Parameter parameter) {
    return switch (parameter.type()) {
      case TEXT -> "string";
      case INTEGER -> "integer";
    };
  }

  private static ObjectNode jsonp() {
    var parameter =
        Yaml.object()
            .put("name", "jsonp")
            .put("in", "query")
            .put("description", "The name of a JavaScript function the document is handed to.");
    parameter
        .putObject("schema")
        .put("type", "string")
        .put("pattern", "^[A-Za-z0-9_$.\\[\\]]{1,128}$");
    return parameter;
  }

  private static String verb(Endpoint endpoint) {
    return endpoint.methods().equals(List.of("POST")) ? "post" : "get";
  }

  /** {@code getFilesRead} of {@code /files/read}. */
  private static String id(Endpoint endpoint) {
    var id = new StringBuilder(verb(endpoint));
    for (var part : endpoint.path().split("[^A-Za-z0-9]+", -1)) {
      if (!part.isEmpty()) {
        id.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
      }
    }
    return id.toString();
  }
}
