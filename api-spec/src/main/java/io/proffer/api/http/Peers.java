package io.proffer.api.http;

import io.vertx.core.net.SocketAddress;

/** What a peer is called in logs. */
final class Peers {
  /** A host on IPv6 has as many addresses as it likes; the first half is its network's. */
  private static final int NETWORK_GROUPS = 4;

  private Peers() {}

  /** What those share who can pass for each other: the address, of IPv6 its network. */
  static String network(SocketAddress address) {
    if (address == null) {
      return "unknown";
    }
    return address.isDomainSocket() ? "the socket" : network(address.hostAddress());
  }

  static String network(String address) {
    var end = -1;
    for (var group = 0; group < NETWORK_GROUPS; group++) {
      end = address.indexOf(':', end + 1);
      if (end < 0) {
        return address;
      }
    }
    return address.substring(0, end) + "::/64";
  }

  static String name(SocketAddress address) {
    if (address == null) {
      return "unknown";
    }
    return address.isDomainSocket()
        ? "the socket " + address.path()
        : address.hostAddress() + ":" + address.port();
  }
}
