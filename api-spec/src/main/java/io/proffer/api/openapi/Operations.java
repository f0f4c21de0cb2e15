package io.proffer.api.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Message;
import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.Parameter;
import io.proffer.api.endpoint.Write;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One row of the route table as an OpenAPI path item. */
final class Operations {
  private static final Set<Parameter.Place> IN_REQUEST_LINE_OR_HEAD =
      Set.of(Parameter.Place.QUERY, Parameter.Place.HEADER);
  private static final String MASTER = "/master";
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
    servers(item, endpoint, prefix);
    item.set(verb(endpoint), operation(endpoint, prefix));
    for (var write : endpoint.contract().writes()) {
      if (write.below().isEmpty() && !verb(write).equals(verb(endpoint))) {
        item.set(verb(write), operation(endpoint, write, prefix));
      }
    }
    return item;
  }

  /** The path item of what an endpoint changes below its path. */
  ObjectNode item(Endpoint endpoint, Write write, String prefix) {
    var item = Yaml.object();
    servers(item, endpoint, prefix);
    item.set(verb(write), operation(endpoint, write, prefix));
    return item;
  }

  private static void servers(ObjectNode item, Endpoint endpoint, String prefix) {
    if (endpoint.reach() == Endpoint.Reach.BOTH) {
      var servers = item.putArray("servers");
      servers.addObject().put("url", "/");
      servers.addObject().put("url", prefix);
    }
  }

  private ObjectNode operation(Endpoint endpoint, Write write, String prefix) {
    var operation = Yaml.object();
    operation.putArray("tags").add(PLAIN.tag());
    operation.put("summary", write.summary());
    operation.put("operationId", id(verb(write), endpoint.path() + write.below()));
    Security.addTo(operation, endpoint, service(prefix));
    if (!write.below().isEmpty()) {
      var name = write.below().replaceAll("[/{}]", "");
      var parameter = operation.putArray("parameters").addObject();
      parameter.put("name", name).put("in", "path").put("required", true);
      parameter.putObject("schema").put("type", "string");
    }
    body(operation, write);
    var responses = operation.putObject("responses");
    responses.putObject("200").put("description", "Done. No body.");
    Refusals.addTo(responses, endpoint, prefix.equals(MASTER));
    return operation;
  }

  private static void body(ObjectNode operation, Write write) {
    write.body().ifPresent(body -> body(operation, write, body));
  }

  private static void body(ObjectNode operation, Write write, Write.Body body) {
    var request = operation.putObject("requestBody").put("required", true);
    var json = request.putObject("content").putObject("application/json");
    json.set("schema", Schemas.referenceTo(body.document()));
    json.putObject("examples")
        .putObject(write.method() + body.document())
        .put("description", write.summary())
        .set("value", Yaml.parse(body.example()));
  }

  private static String service(String prefix) {
    return prefix.equals(MASTER) ? "master" : "agent";
  }

  private ObjectNode operation(Endpoint endpoint, String prefix) {
    var operation = Yaml.object();
    operation.putArray("tags").add(side(endpoint).tag());
    operation.put("summary", endpoint.summary());
    var description = description(endpoint);
    if (!description.isEmpty()) {
      operation.put("description", description);
    }
    operation.put("operationId", id(verb(endpoint), endpoint.path()));
    Security.addTo(operation, endpoint, service(prefix));
    parameters(operation, endpoint);
    endpoint.call().ifPresent(call -> operation.set("requestBody", request(endpoint, call)));
    form(operation, endpoint);
    for (var write : endpoint.contract().writes()) {
      if (write.below().isEmpty() && verb(write).equals(verb(endpoint))) {
        body(operation, write);
      }
    }
    var responses = operation.putObject("responses");
    answers.addTo(responses, endpoint);
    Refusals.addTo(responses, endpoint, prefix.equals(MASTER));
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

  private static String verb(Write write) {
    return write.method().toLowerCase(Locale.ROOT);
  }

  /** {@code getFilesRead} of {@code /files/read}. */
  private static String id(String verb, String path) {
    var id = new StringBuilder(verb);
    for (var part : path.split("[^A-Za-z0-9]+", -1)) {
      if (!part.isEmpty()) {
        id.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
      }
    }
    return id.toString();
  }
}
