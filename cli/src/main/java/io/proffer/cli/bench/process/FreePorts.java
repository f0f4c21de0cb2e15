package io.proffer.cli.bench.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for services of this host that are killed and started again. */
public final class FreePorts {
  /** Below those that systems give to connections: one of them could take the port of a killed. */
  private static final int FIRST = 10_000;

  private static final int END = 32_768;
  private static final int ATTEMPTS = 1000;

  private FreePorts() {}

  /** One of the loopback that was free a moment ago. */
  public static int any() {
    for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
      var port = ThreadLocalRandom.current().nextInt(FIRST, END);
      try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return port;
      } catch (IOException taken) {
        // The next one may be free.
      }
    }
    throw new IllegalStateException(
        "None of %d ports from %d to %d was free".formatted(ATTEMPTS, FIRST, END - 1));
  }
}
