package io.proffer.api.endpoint;

import java.util.Optional;

/**
 * A change that a plain endpoint makes, beside what it tells; the answer has no body.
 *
 * @param method such as {@code PUT}
 * @param below what follows the path of the endpoint, as {@code /{role}}; empty for nothing
 * @param summary one sentence for people
 * @param body what is sent
 */
public record Write(String method, String below, String summary, Optional<Body> body) {
  /**
   * JSON.
   *
   * @param document the name of what it looks like
   * @param example one of it
   */
  public record Body(String document, String example) {}
}
