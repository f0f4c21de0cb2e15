package io.proffer.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** JSON documents over HTTP, for tests. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Json() {}

  /** Reads a document; single quotes stand for double ones, to keep tests readable. */
  public static ObjectNode of(String text) {
    return (ObjectNode) parse(text.replace('\'', '"'));
  }

  /** Reads a document as it is. */
  public static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** GET; anything but 200 fails. */
  public static JsonNode get(String url) {
    return get(PATIENCE, url);
  }

  /** The same of a server that may be out of reach: it must answer within the limit. */
  public static JsonNode get(Duration limit, String url) {
    var answer = sendAsIs(HttpRequest.newBuilder(URI.create(url)).timeout(limit).GET());
    if (answer.statusCode() != 200) {
      throw new AssertionError(url + " answered " + answer.statusCode() + " " + answer.body());
    }
    return parse(answer.body());
  }

  /** POST of a JSON body. */
  public static HttpResponse<String> post(String url, String body, String... headers) {
    return post(PATIENCE, url, body, headers);
  }

  /** The same to a server that may be stopped: it must answer within the limit. */
  public static HttpResponse<String> post(
      Duration limit, String url, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(limit)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return sendAsIs(request);
  }

  /** Sends any request and reads the answer as text. */
  public static HttpResponse<String> send(HttpRequest.Builder request) {
    return send(PATIENCE, request);
  }

  /** The same to a server that may be stopped: it must answer within the limit. */
  static HttpResponse<String> send(Duration limit, HttpRequest.Builder request) {
    return sendAsIs(request.timeout(limit));
  }

  private static HttpResponse<String> sendAsIs(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
