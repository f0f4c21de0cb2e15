package io.proffer.api.http;

import io.vertx.core.net.SocketAddress;

/** What a peer is called in logs. */
final class Peers {
  private Peers() {}

  static String name(SocketAddress address) {
    if (address == null) {
      return "unknown";
    }
    return address.isDomainSocket()
        ? "the socket " + address.path()
        : address.hostAddress() + ":" + address.port();
  }
}
