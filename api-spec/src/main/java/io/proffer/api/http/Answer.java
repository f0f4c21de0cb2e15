package io.proffer.api.http;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A whole answer that fits in memory.
 *
 * @param headers those of its own, before the ones every answer has
 * @param contentType absent on answers without body
 * @param lengthFirst whether {@code Content-Length} stands before {@code Content-Type}, as on the
 *     reference's plain endpoints
 * @param closes whether the connection ends with it
 */
public record Answer(
    int status,
    List<Header> headers,
    Optional<String> contentType,
    Buffer body,
    boolean lengthFirst,
    boolean closes) {
  private static final String TEXT = "text/plain; charset=utf-8";

  public Answer {
    headers = List.copyOf(headers);
  }

  /** A status without body. */
  public static Answer empty(int status) {
    return new Answer(status, List.of(), Optional.empty(), Buffer.buffer(), false, false);
  }

  /** A status with a sentence. */
  public static Answer text(int status, String text) {
    return of(status, TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A bare status: its body says its number and name. */
  public static Answer bare(int status) {
    return text(status, status + " " + reason(status) + ".");
  }

  /** A message, or any body of a given type. */
  public static Answer of(int status, String contentType, byte[] body) {
    return new Answer(
        status, List.of(), Optional.of(contentType), Buffer.buffer(body), false, false);
  }

  /** A JSON document of a plain endpoint. */
  public static Answer json(byte[] body) {
    return new Answer(
        200, List.of(), Optional.of("application/json"), Buffer.buffer(body), true, false);
  }

  /** 500 for a bug of which the log has the cause, under this incident. */
  public static Answer failed(String incident) {
    return text(
        500, "500 Internal Server Error. Incident " + incident + ": the log has the cause.");
  }

  /** 405: what the endpoint takes, and what came. */
  public static Answer methodNotAllowed(List<String> expected, String received) {
    var names = new ArrayList<String>();
    for (var method : expected) {
      names.add("'" + method + "'");
    }
    return text(
            405,
            "405 Method Not Allowed. Expecting one of { "
                + String.join(", ", names)
                + " }, but received '"
                + received
                + "'.")
        .with("Allow", String.join(", ", expected));
  }

  /** 307 to another place. */
  public static Answer redirect(String location) {
    return empty(307).with("Location", location);
  }

  /** 503: come again. */
  public static Answer unavailable(String text, int retryAfterSeconds) {
    return text(503, text).with("Retry-After", Integer.toString(retryAfterSeconds));
  }

  /** The same answer with one more header. */
  public Answer with(String name, String value) {
    var more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new Answer(status, more, contentType, body, lengthFirst, closes);
  }

  /** The same answer, after which the connection ends. */
  public Answer thenClose() {
    return new Answer(status, headers, contentType, body, lengthFirst, true);
  }

  /** Whether its body is encoded already, and must be sent as it is. */
  boolean encoded() {
    return headers.stream().anyMatch(header -> header.name().equals("Content-Encoding"));
  }

  private static String reason(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case 500 -> "Internal Server Error";
      case 501 -> "Not Implemented";
      case 503 -> "Service Unavailable";
      default -> "Status";
    };
  }
}
