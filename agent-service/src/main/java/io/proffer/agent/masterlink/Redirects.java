package io.proffer.agent.masterlink;

import java.net.URI;

/** Where a standby master says that the leader is. */
final class Redirects {
  private Redirects() {}

  /**
   * The address in a Location, which need not name a scheme.
   *
   * @throws IllegalArgumentException if there is no host in it
   */
  static Masters.Address target(String location, Masters.Address from) {
    var uri = URI.create("http://" + from).resolve(location);
    if (uri.getHost() == null || uri.getPort() < 0) {
      throw new IllegalArgumentException(location);
    }
    return Masters.address(uri.getHost() + ":" + uri.getPort());
  }
}
