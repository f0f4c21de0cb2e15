package io.proffer.cli.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds ports of the loopback nobody listens on. */
final class Ports {
  private static final int TRIES = 1000;

  private Ports() {}

  /** The first free port from one on; 0 stays 0, which any bind takes as "some free port". */
  static int freeFrom(int port) {
    if (port == 0) {
      return 0;
    }
    for (int candidate = port; candidate < Math.min(port + TRIES, 65536); candidate++) {
      if (isFree(candidate)) {
        return candidate;
      }
    }
    throw new IllegalStateException(
        "Expected a free port from " + port + " on for an agent, but found none.");
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
