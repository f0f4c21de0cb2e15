package io.proffer.cli.client;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * Where a master that does not lead sends us. Followed by hand: the JDK's client leaves {@code
 * Authorization} behind when it follows, even to another port of the same host.
 */
final class Redirects {
  /** Masters know each other at once or not at all; more is a circle. */
  static final int MOST = 5;

  private Redirects() {}

  /**
   * What to ask instead; empty when the answer is no redirect, or none of which that is certain.
   *
   * @throws ClientException if it leads where the credential must not go, or nowhere
   */
  static Optional<URI> target(HttpResponse<?> answer) throws ClientException {
    var location = answer.headers().firstValue("Location");
    if (location.isEmpty() || !isFollowed(answer.statusCode(), answer.request().method())) {
      return Optional.empty();
    }
    return Optional.of(target(answer.request().uri(), location.get()));
  }

  /** What is posted is posted again only where the answer says that it may be. */
  private static boolean isFollowed(int status, String method) {
    return switch (status) {
      case 307, 308 -> true;
      case 301, 302 -> method.equals("GET");
      default -> false;
    };
  }

  static URI target(URI from, String location) throws ClientException {
    URI to;
    try {
      // Masters write //HOST:PORT/PATH: what they speak, the next one speaks.
      to = from.resolve(location);
    } catch (IllegalArgumentException unreadable) {
      throw nowhere(from, location);
    }
    if (to.getHost() == null || !("http".equals(to.getScheme()) || isEncrypted(to))) {
      throw nowhere(from, location);
    }
    if (isEncrypted(from) && !isEncrypted(to)) {
      throw ClientException.refused(
          from.getAuthority()
              + " redirects to "
              + to
              + ", where nothing is encrypted: that is not followed.");
    }
    return to;
  }

  private static boolean isEncrypted(URI uri) {
    return "https".equals(uri.getScheme());
  }

  private static ClientException nowhere(URI from, String location) {
    return ClientException.refused(
        from.getAuthority() + " redirects to '" + location + "', which is no address of a master.");
  }

  /** They send us around: nobody has carried it out. */
  static ClientException circle(URI first, URI last) {
    return ClientException.leaderless(
        "%s redirects %d times, at last to %s: do its masters agree on who leads?"
            .formatted(first.getAuthority(), MOST, last.getAuthority()));
  }

  /** The one that is said to lead does not take it: another may soon. */
  static ClientException vain(URI first, ClientException failed) {
    return failed.isUntaken()
        ? ClientException.leaderless(
            first.getAuthority() + " redirects to another master. " + failed.getMessage())
        : failed;
  }
}
