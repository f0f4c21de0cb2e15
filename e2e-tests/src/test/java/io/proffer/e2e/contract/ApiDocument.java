package io.proffer.e2e.contract;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.proffer.e2e.Json;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** The OpenAPI document a service serves, and what it says of requests and answers. */
final class ApiDocument {
  private final JsonNode document;
  private final OpenApiInteractionValidator validator;

  private ApiDocument(String yaml) {
    try {
      document = new YAMLMapper().readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
    validator =
        OpenApiInteractionValidator.createForInlineApiSpecification(yaml)
            .withResolveRefs(false)
            .withLevelResolver(
                LevelResolver.create()
                    .withLevel(
                        "validation.schema.additionalProperties", ValidationReport.Level.ERROR)
                    .build())
            .build();
  }

  /** That of the service at {@code http://HOST:PORT}. */
  static ApiDocument of(String service) {
    // It tells of each body that is no JSON; those are looked at here.
    quiet("com.atlassian.oai");
    quiet("com.networknt");
    var answer = Json.send(HttpRequest.newBuilder(URI.create(service + "/openapi.yaml")));
    if (answer.statusCode() != 200) {
      throw new AssertionError("/openapi.yaml answered " + answer.statusCode());
    }
    return new ApiDocument(answer.body());
  }

  private static void quiet(String library) {
    ((Logger) LoggerFactory.getLogger(library)).setLevel(Level.ERROR);
  }

  /** What is wrong with a request; nothing when it is as described. */
  List<String> mistakesOfRequest(HttpRequest request, String body) {
    var uri = request.uri();
    var method = Request.Method.valueOf(request.method());
    var written = new SimpleRequest.Builder(method, described(uri.getPath()));
    request.headers().map().forEach(written::withHeader);
    parameters(uri.getRawQuery()).forEach(written::withQueryParam);
    if (!body.isEmpty()) {
      written.withBody(body);
    }
    return mistakes(validator.validateRequest(written.build()));
  }

  /** What is wrong with an answer; nothing when it is as described. */
  List<String> mistakesOfAnswer(String method, String path, HttpResponse<?> answer, String body) {
    var written = SimpleResponse.Builder.status(answer.statusCode());
    answer.headers().map().forEach(written::withHeader);
    if (!body.isEmpty()) {
      written.withBody(body);
    }
    var mistakes =
        mistakes(
            validator.validateResponse(
                described(path), Request.Method.valueOf(method), written.build()));
    if (answer.statusCode() >= 400 && !isDescribed(method, path, answer.statusCode(), body)) {
      mistakes.add(answer.statusCode() + " with a text that is not described: " + body);
    }
    return mistakes;
  }

  /** What is wrong with a record of a stream; nothing when it is as described. */
  List<String> mistakesOfRecord(String path, JsonNode record) {
    var stream = at("POST", path, "/responses/200/content/application~1json");
    // Where other calls have an answer of their own, a record is one of several forms.
    if (!stream.path("x-record-stream").asBoolean() && !stream.at("/schema").has("anyOf")) {
      return List.of(path + " is not described as a stream");
    }
    return mistakes(
        validator.validateResponse(
            described(path),
            Request.Method.POST,
            SimpleResponse.Builder.status(200)
                .withContentType("application/json")
                .withHeader("Mesos-Stream-Id", "of the answer that opened the stream")
                .withBody(record.toString())
                .build()));
  }

  /** All it describes for clients, like {@code GET /state}; not what agents say to their master. */
  SortedSet<String> operations() {
    var all = new TreeSet<String>();
    for (var path : document.get("paths").properties()) {
      for (var member : path.getValue().properties()) {
        var tag = member.getValue().at("/tags/0").asText();
        if (!tag.isEmpty() && !tag.equals("Between master and agent")) {
          all.add(operation(member.getKey(), path.getKey()));
        }
      }
    }
    return all;
  }

  /** The one of them that a request is for. */
  String operation(String method, String path) {
    return method.toUpperCase(Locale.ROOT) + " " + described(path);
  }

  /** The calls it describes with an example each, by their types. */
  Iterable<Map.Entry<String, JsonNode>> calls(String path) {
    return at("POST", path, "/requestBody/content/application~1json/examples").properties();
  }

  /** Whether it is said that a call is answered with 501 so far. */
  static boolean saysUnanswered(JsonNode example) {
    return example.get("description").asText().endsWith("Answered with 501 so far.");
  }

  private boolean isDescribed(String method, String path, int status, String body) {
    var texts = at(method, path, "/responses/" + status + "/content/text~1plain/examples");
    for (var text : texts) {
      var form = new StringBuilder();
      for (var part : text.get("value").asText().split("\\{[a-z]+}", -1)) {
        form.append(form.isEmpty() ? "" : ".+").append(Pattern.quote(part));
      }
      if (Pattern.compile(form.toString(), Pattern.DOTALL).matcher(body).matches()) {
        return true;
      }
    }
    return body.isEmpty();
  }

  private JsonNode at(String method, String path, String below) {
    return document.at(
        "/paths/"
            + described(path).replace("/", "~1")
            + "/"
            + method.toLowerCase(Locale.ROOT)
            + below);
  }

  /** The path as the document has it: without the prefix that one of its servers stands for. */
  private String described(String path) {
    for (var item : document.get("paths").properties()) {
      for (var server : item.getValue().path("servers")) {
        var form = (server.get("url").asText() + item.getKey()).replace("//", "/");
        if (path.matches(Pattern.quote(form).replaceAll("\\{[a-z]+}", "\\\\E[^/]+\\\\Q"))) {
          return item.getKey();
        }
      }
    }
    return path;
  }

  private static Map<String, List<String>> parameters(String query) {
    var parameters = new TreeMap<String, List<String>>();
    if (query != null) {
      for (var parameter : query.split("&", -1)) {
        var parts = parameter.split("=", 2);
        parameters.put(parts[0], List.of(parts[1]));
      }
    }
    return parameters;
  }

  private static List<String> mistakes(ValidationReport report) {
    var mistakes = new ArrayList<String>();
    for (var message : report.getMessages()) {
      var where =
          message
              .getContext()
              .flatMap(ValidationReport.MessageContext::getPointers)
              .map(pointers -> " at " + pointers.getInstance())
              .orElse("");
      mistakes.add(message.getMessage() + where);
    }
    return mistakes;
  }
}
