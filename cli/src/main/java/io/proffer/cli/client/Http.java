package io.proffer.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.api.auth.Credential;
import io.proffer.api.tls.Managers;
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
import java.util.Optional;

/** JSON over HTTP/1.1; follows the redirect of a master that does not lead. */
final class Http {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final String MEDIA_TYPE = "application/json";

  private final HttpClient client;
  private final Duration timeout;
  private final Optional<Credential> credential;

  Http(Duration timeout, Identity identity) {
    this.timeout = timeout;
    this.credential = identity.credential();
    var builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout);
    identity.tls().ifPresent(material -> builder.sslContext(Managers.context(material)));
    this.client = builder.build();
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
        send(asking(uri).timeout(timeout).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
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
    var answer =
        send(
            asking(uri).timeout(timeout).header("Range", range).build(),
            BodyHandlers.ofInputStream());
    if (answer.statusCode() == 401) {
      check(answer, text(answer.body()));
    }
    return answer;
  }

  static JsonNode json(String text) throws ClientException {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException unreadable) {
      throw ClientException.refused(
          "Expected JSON from the other side, but got: " + unreadable.getOriginalMessage());
    }
  }

  private HttpRequest.Builder asking(URI uri) {
    var request = HttpRequest.newBuilder(uri);
    credential.ifPresent(shown -> request.header("Authorization", shown.basic()));
    return request;
  }

  private HttpRequest.Builder request(URI uri, ObjectNode call) {
    return asking(uri)
        .header("Content-Type", MEDIA_TYPE)
        .header("Accept", MEDIA_TYPE)
        .POST(HttpRequest.BodyPublishers.ofString(call.toString()));
  }

  private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body)
      throws ClientException {
    var answer = sendOnce(request, body);
    var target = Redirects.target(answer);
    for (int followed = 0; target.isPresent(); followed++) {
      drop(answer);
      if (followed == Redirects.MOST) {
        throw Redirects.circle(request.uri(), target.get());
      }
      answer = follow(request, target.get(), body);
      target = Redirects.target(answer);
    }
    return answer;
  }

  private <T> HttpResponse<T> follow(HttpRequest request, URI target, BodyHandler<T> body)
      throws ClientException {
    var again = HttpRequest.newBuilder(request, (name, value) -> true).uri(target).build();
    try {
      return sendOnce(again, body);
    } catch (ClientException failed) {
      throw Redirects.vain(request.uri(), failed);
    }
  }

  /** Gives up the connection of an answer whose body nobody reads. */
  private void drop(HttpResponse<?> answer) throws ClientException {
    if (answer.body() instanceof InputStream body) {
      try {
        body.close();
      } catch (IOException broken) {
        throw Unreachable.explain(answer.uri(), timeout, broken);
      }
    }
  }

  private <T> HttpResponse<T> sendOnce(HttpRequest request, BodyHandler<T> body)
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

  private void check(HttpResponse<?> answer, String body) throws ClientException {
    int status = answer.statusCode();
    if (status == 503 && answer.headers().firstValue("X-Proffer-Outcome").isPresent()) {
      // It may have been carried out: no other master may be asked for the same.
      throw ClientException.unreachable(
          answer.uri().getAuthority() + " answered 503: " + body + ".", null);
    }
    if (status == 503 || status == 307) {
      throw ClientException.leaderless(
          answer.uri().getAuthority() + " does not lead yet (" + status + " " + body + ").");
    }
    if (status == 429) {
      // It was not carried out, and may be asked again.
      throw ClientException.unreachable(
          answer.uri().getAuthority() + " answered 429: " + body + ".", null);
    }
    if (status == 403 && body.contains("not subscribed")) {
      throw ClientException.unreachable("The master has closed the stream of events.", null);
    }
    if (status == 401) {
      throw ClientException.refused(answer.uri().getAuthority() + unknown());
    }
    if ((status == 404 || status == 501) && !isSentence(body)) {
      throw ClientException.refused(
          answer.uri() + " is not there (" + status + "). Is this the address of a master?");
    }
    if (status >= 300) {
      throw ClientException.refused(
          answer.uri().getAuthority() + " answered " + status + ": " + body);
    }
  }

  /**
   * Whether a master says what it misses; of what it does not serve at all it says nothing more.
   */
  private static boolean isSentence(String body) {
    return body.startsWith("Expecting ")
        || body.startsWith("The allocator ")
        || body.startsWith("Agent ");
  }

  private String unknown() {
    return credential
        .map(
            shown ->
                " does not know the principal '"
                    + shown.principal()
                    + "', or not with this secret (401): look at --principal and --secret_file.")
        .orElse(
            " wants to know who asks (401): give --principal and --secret_file, or set"
                + " PROFFER_PRINCIPAL and PROFFER_SECRET_FILE.");
  }

  private static String text(InputStream body) throws ClientException {
    try (body) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw ClientException.unreachable("The answer broke off: " + broken.getMessage(), broken);
    }
  }
}
