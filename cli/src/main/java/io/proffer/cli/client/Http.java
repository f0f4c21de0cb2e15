package io.proffer.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** JSON over HTTP/1.1; follows the redirect of a master that does not lead. */
final class Http {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final String MEDIA_TYPE = "application/json";

  private final HttpClient client;
  private final Duration timeout;

  Http(Duration timeout) {
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(timeout)
            .build();
  }

  /** POSTs a call and gives the answer whole; {@code streamId} may be empty. */
  HttpResponse<String> post(URI uri, ObjectNode call, String streamId) throws ClientException {
    var request = request(uri, call).timeout(timeout);
    if (!streamId.isEmpty()) {
      request.header("Mesos-Stream-Id", streamId);
    }
    var answer = send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    check(answer, answer.body());
    return answer;
  }

  /** GETs a document as text. */
  String get(URI uri) throws ClientException {
    var answer =
        send(
            HttpRequest.newBuilder(uri).timeout(timeout).build(),
            BodyHandlers.ofString(StandardCharsets.UTF_8));
    check(answer, answer.body());
    return answer.body();
  }

  /** POSTs a call whose answer is a stream of records. */
  HttpResponse<InputStream> open(URI uri, ObjectNode call, Map<String, String> headers)
      throws ClientException {
    var request = request(uri, call);
    headers.forEach(request::header);
    var answer = send(request.build(), BodyHandlers.ofInputStream());
    if (answer.statusCode() != 200) {
      check(answer, text(answer.body()));
    }
    return answer;
  }

  /** GETs some bytes of a document; the caller looks at the status and closes the body. */
  HttpResponse<InputStream> range(URI uri, long offset, int length) throws ClientException {
    var range = "bytes=" + offset + "-" + (offset + length - 1);
    return send(
        HttpRequest.newBuilder(uri).timeout(timeout).header("Range", range).build(),
        BodyHandlers.ofInputStream());
  }

  static JsonNode json(String text) throws ClientException {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException unreadable) {
      throw ClientException.refused(
          "Expected JSON from the other side, but got: " + unreadable.getOriginalMessage());
    }
  }

  private static HttpRequest.Builder request(URI uri, ObjectNode call) {
    return HttpRequest.newBuilder(uri)
        .header("Content-Type", MEDIA_TYPE)
        .header("Accept", MEDIA_TYPE)
        .POST(HttpRequest.BodyPublishers.ofString(call.toString()));
  }

  private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body)
      throws ClientException {
    try {
      return client.send(request, body);
    } catch (IOException broken) {
      throw Unreachable.explain(request.uri(), timeout, broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw ClientException.unreachable("Interrupted.", interrupted);
    }
  }

  private static void check(HttpResponse<?> answer, String body) throws ClientException {
    int status = answer.statusCode();
    if (status == 503 || status == 307) {
      throw ClientException.unreachable(
          answer.uri().getAuthority() + " does not lead yet (" + status + " " + body + ").", null);
    }
    if (status == 403 && body.contains("not subscribed")) {
      throw ClientException.unreachable("The master has closed the stream of events.", null);
    }
    if (status == 404 || status == 501) {
      throw ClientException.refused(
          answer.uri() + " is not there (" + status + "). Is this the address of a master?");
    }
    if (status >= 300) {
      throw ClientException.refused(
          answer.uri().getAuthority() + " answered " + status + ": " + body);
    }
  }

  private static String text(InputStream body) throws ClientException {
    try (body) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw ClientException.unreachable("The answer broke off: " + broken.getMessage(), broken);
    }
  }
}
