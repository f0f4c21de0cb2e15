package io.proffer.api.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.Parameter;

/** What an endpoint sends when all is well. */
final class Answers {
  /** Examples of those documents that their schemas do not explain well enough. */
  private static final ObjectNode DOCUMENTS = Yaml.resource("documents.yaml");

  private static final String JSON = "application/json";
  private static final String PROTOBUF = "application/x-protobuf";

  private static final String UNCHANGED = "What `If-None-Match` names is the present one. No body.";

  private final Schemas schemas;
  private final Examples examples;

  Answers(Schemas schemas, Examples examples) {
    this.schemas = schemas;
    this.examples = examples;
  }

  /** A message in protobuf, which a schema cannot show. */
  static ObjectNode protobuf(Descriptor message) {
    var media = Yaml.object();
    media
        .putObject("schema")
        .put("type", "string")
        .put("format", "binary")
        .put("description", "`" + message.getFullName() + "` in protobuf");
    return media;
  }

  void addTo(ObjectNode responses, Endpoint endpoint) {
    switch (endpoint.answer()) {
      case EMPTY -> {
        if (endpoint.path().equals("/redirect")) {
          redirect(responses);
        } else {
          response(responses, "200", "No body.");
        }
      }
      case JSON -> {
        var name = endpoint.contract().document().orElseThrow();
        var ok = response(responses, "200", "The document.");
        var media = content(ok, JSON);
        media.set("schema", Schemas.referenceTo(name));
        if (DOCUMENTS.has(name)) {
          media.set("examples", DOCUMENTS.get(name));
        }
        if (endpoint.contract().takes("If-None-Match")) {
          response(responses, "304", UNCHANGED);
          ok.putObject("headers").putObject("ETag").putObject("schema").put("type", "string");
        }
      }
      case FILE -> file(responses, endpoint);
      case MESSAGE -> message(responses, endpoint);
      case RECORDS -> records(responses, endpoint);
    }
  }

  private void message(ObjectNode responses, Endpoint endpoint) {
    var answer = endpoint.contract().response().orElseThrow();
    var ok = response(responses, "200", "The answer.");
    if (endpoint.internal()) {
      schemas.reference(answer.getDescriptorForType());
    } else {
      var written = Yaml.resource(Operations.side(endpoint).examples());
      var json = content(ok, JSON);
      var all = examples.of(answer, written.get("responses"));
      var event = endpoint.contract().event();
      if (event.isPresent()) {
        ok.put(
            "description",
            "The answer, of the type of the call; or, for calls that open a stream, its records.");
        var either = json.putObject("schema").putArray("anyOf");
        either.add(schemas.reference(answer.getDescriptorForType()));
        either.add(schemas.reference(event.get().getDescriptorForType()));
        for (var record : examples.of(event.get(), written.get("events")).properties()) {
          all.set("event-" + record.getKey(), record.getValue());
          ((ObjectNode) record.getValue()).put("summary", "Record: " + record.getKey());
        }
      } else {
        json.set("schema", schemas.reference(answer.getDescriptorForType()));
      }
      json.set("examples", all);
    }
    ok.withObject("content").set(PROTOBUF, protobuf(answer.getDescriptorForType()));
  }

  private void records(ObjectNode responses, Endpoint endpoint) {
    var event = endpoint.contract().event().orElseThrow();
    var type = event.getDescriptorForType();
    var ok = response(responses, "200", "The stream of records, each of this form.");
    streamHeaders(ok, endpoint);
    if (endpoint.internal()) {
      schemas.reference(type);
    } else {
      var json = content(ok, JSON);
      json.put("x-record-stream", true);
      json.set("schema", schemas.reference(type));
      json.set(
          "examples",
          examples.of(event, Yaml.resource(Operations.side(endpoint).examples()).get("events")));
      response(responses, "202", "Taken; what becomes of it comes as events. No body.");
    }
    var binary = protobuf(type);
    binary.put("x-record-stream", true);
    ok.withObject("content").set(PROTOBUF, binary);
    if (endpoint.path().endsWith("/scheduler")) {
      ok.put(
          "description",
          "SUBSCRIBE: the stream of records, each of this form. UPDATE_FRAMEWORK: done, no body.");
    }
  }

  private static void streamHeaders(ObjectNode ok, Endpoint endpoint) {
    for (var parameter : endpoint.contract().parameters()) {
      if (parameter.place() == Parameter.Place.STREAM_HEADER) {
        var header = ok.withObject("headers").putObject(parameter.name());
        header.put("description", parameter.summary());
        header.putObject("schema").put("type", "string");
      }
    }
  }

  private static void file(ObjectNode responses, Endpoint endpoint) {
    var type = endpoint.contract().mediaType().orElseThrow();
    var schema = Yaml.object().put("type", "string");
    if (type.equals("application/octet-stream")) {
      schema.put("format", "binary");
      content(
              response(
                  responses,
                  "206",
                  "The part that `Range` asked for. `Proffer-File-Id` is another when the name has"
                      + " gone to another file: stdout becomes stdout.1 when it is full."),
              type)
          .set("schema", schema);
    }
    if (endpoint.methods().contains("GET")) {
      response(responses, "304", UNCHANGED);
    }
    content(response(responses, "200", "The whole of it."), type).set("schema", schema);
  }

  private static void redirect(ObjectNode responses) {
    var answer = response(responses, "307", "`Location` has the leader, without scheme. No body.");
    answer.putObject("headers").putObject("Location").putObject("schema").put("type", "string");
  }

  private static ObjectNode response(ObjectNode responses, String status, String description) {
    return responses.putObject(status).put("description", description);
  }

  private static ObjectNode content(ObjectNode response, String type) {
    return response.withObject("content").putObject(type);
  }
}
