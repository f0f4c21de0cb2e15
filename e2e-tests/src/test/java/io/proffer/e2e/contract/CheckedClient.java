package io.proffer.e2e.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.e2e.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Asks a service, and holds questions and answers to its document. */
final class CheckedClient {
  private final String service;
  private final ApiDocument document;

  /** What was asked for as it is described. */
  private final Set<String> asked = new TreeSet<>();

  CheckedClient(String service) {
    this.service = service;
    this.document = ApiDocument.of(service);
  }

  ApiDocument document() {
    return document;
  }

  /** What the document describes and nobody has asked for yet, as it is described. */
  Set<String> notAsked() {
    var rest = document.operations();
    rest.removeAll(asked);
    return rest;
  }

  /** GET of what is described, with an answer that is. */
  HttpResponse<String> get(String path) {
    return send(request(path).GET(), "", true);
  }

  /** POST of JSON as it is described, with an answer that is. */
  HttpResponse<String> post(String path, String body, String... headers) {
    return send(json(path, body, headers), body, true);
  }

  /** A change as it is described, which is made. */
  void done(String method, String path, String body) {
    var content = HttpRequest.BodyPublishers.ofString(body);
    var answer = send(json(path, "").method(method, content), body, true);
    assertEquals(200, answer.statusCode(), method + " " + path + " answered " + answer.body());
  }

  /** POST of a form as it is described, with an answer that is. */
  HttpResponse<String> postForm(String path, String form) {
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)),
        form,
        true);
  }

  /** A request that is wrong on purpose: only its answer is held to the document. */
  HttpResponse<String> wrong(HttpRequest.Builder request) {
    return send(request, "", false);
  }

  /** A JSON body that is wrong on purpose. */
  HttpResponse<String> wrong(String path, String body, String... headers) {
    return wrong(json(path, body, headers));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(service + path));
  }

  private HttpRequest.Builder json(String path, String body, String... headers) {
    var request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    for (var i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder builder, String body, boolean right) {
    var request = builder.build();
    var what = request.method() + " " + request.uri();
    if (right) {
      assertEquals(List.of(), document.mistakesOfRequest(request, body), what + " " + body);
    }
    var answer = Json.send(builder);
    var mistakes =
        document.mistakesOfAnswer(request.method(), request.uri().getPath(), answer, answer.body());
    assertEquals(List.of(), mistakes, what + " answered " + answer.body());
    if (right) {
      asked.add(document.operation(request.method(), request.uri().getPath()));
    }
    return answer;
  }
}
