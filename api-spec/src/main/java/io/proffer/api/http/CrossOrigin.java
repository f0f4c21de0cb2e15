package io.proffer.api.http;

import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.PageEndpoints;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses what a page of another site makes its visitor's browser send: anything but a read whose
 * {@code Origin} is not the host it was sent to. Programs send no Origin, and are not touched.
 */
public final class CrossOrigin {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private CrossOrigin() {}

  /** 403 with a sentence, or nothing. */
  public static Optional<Answer> refusal(Endpoint endpoint, HttpServerRequest request) {
    var origin = request.getHeader("Origin");
    if (origin == null || isRead(endpoint, request)) {
      return Optional.empty();
    }
    var host = host(request);
    if (host != null && host.equalsIgnoreCase(authority(origin))) {
      return Optional.empty();
    }
    return Optional.of(
        Answer.text(
            403,
            "A page of '"
                + origin
                + "' may not change anything here: open the page from "
                + (host == null ? "this server" : host)
                + ", or call without an Origin header"));
  }

  /** The level of the log is set by any method, as in the reference; what sets it is its query. */
  private static boolean isRead(Endpoint endpoint, HttpServerRequest request) {
    var sets =
        endpoint.path().equals(PageEndpoints.LOGGING.path())
            && request.query() != null
            && !request.query().isEmpty();
    return READING.contains(request.method().name()) && !sets;
  }

  /** Null when the request names none. HTTP/2 has no header for it, but a part of the head. */
  private static String host(HttpServerRequest request) {
    if (Wire.isShared(request) && request.authority() != null) {
      return request.authority().toString();
    }
    return request.getHeader("Host");
  }

  private static String authority(String origin) {
    try {
      var authority = URI.create(origin).getRawAuthority();
      return authority == null ? "" : authority;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
