package io.proffer.api.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.timeout.ReadTimeoutException;
import io.vertx.core.http.HttpServerRequest;

/** The sentences for requests that cannot be read. */
final class BadRequests {
  private static final int MAX_EXCERPT = 100;

  private final HttpLimits limits;

  BadRequests(HttpLimits limits) {
    this.limits = limits;
  }

  /** For a request whose first line or headers are wrong. */
  Answer head(HttpServerRequest request) {
    var cause = request.decoderResult().cause();
    var answer =
        switch (cause) {
          case TooLongHttpLineException e ->
              Answer.text(
                  414,
                  "Expecting a request line of at most "
                      + limits.maxHeaderBytes()
                      + " bytes (--max_header_size), but received a longer one: ask for less at"
                      + " once, or send it in the body of a POST");
          case TooLongHttpHeaderException e ->
              Answer.text(
                  431,
                  "Expecting headers of at most "
                      + limits.maxHeaderBytes()
                      + " bytes together (--max_header_size), but received more: leave out what is"
                      + " not needed, cookies for example");
          default -> Answer.text(400, unreadable(request, cause));
        };
    return answer.thenClose();
  }

  /** For a request whose body stopped to make sense, or stopped. */
  Answer body(Throwable cause) {
    var answer =
        cause instanceof ReadTimeoutException
            ? Answer.text(
                408,
                "Expecting the rest of the request body, but received nothing for "
                    + limits.requestReadTimeout().toMillis()
                    + " ms (--request_read_timeout): send it again, without long pauses")
            : Answer.text(
                400,
                "Expecting a chunked body, each chunk behind a line with its size in hexadecimal"
                    + " digits, but received something else: correct the framing, or send the body"
                    + " whole with 'Content-Length'");
    return answer.thenClose();
  }

  private static String unreadable(HttpServerRequest request, Throwable cause) {
    var lengths = request.headers().getAll("Content-Length");
    if (lengths.size() > 1 || lengths.stream().anyMatch(length -> !length.matches("[0-9]{1,18}"))) {
      return "Expecting 'Content-Length' to be one number of bytes, but received '"
          + excerpt(String.join("', '", lengths))
          + "': correct it, or leave it out and send the body in chunks";
    }
    return "Expecting an HTTP/1.1 request, such as 'GET /health HTTP/1.1' and a line for each"
        + " header, but received what cannot be read as one ("
        + excerpt(String.valueOf(cause.getMessage()))
        + "): check address and protocol of the client";
  }

  private static String excerpt(String text) {
    var printable = text.replaceAll("[^ -~]", "?");
    return printable.length() <= MAX_EXCERPT
        ? printable
        : printable.substring(0, MAX_EXCERPT) + "...";
  }
}
