package io.proffer.e2e.ha;

import java.util.List;

/**
 * Where a process of a cluster runs.
 *
 * @param ip its address, which the others know it by
 * @param enter what a command begins with to run there
 */
record Host(String ip, List<String> enter) {
  /** This one, among processes that all are here. */
  static final Host HERE = new Host("127.0.0.1", List.of());

  Host {
    enter = List.copyOf(enter);
  }

  String url(int port) {
    return "http://" + ip + ":" + port;
  }
}
