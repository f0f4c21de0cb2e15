package io.proffer.api.zookeeper;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once whether the names of the servers are known. ZooKeeper's client tries those that are
 * not again and again, and says so each time with a stack trace, which logs of Proffer leave out.
 */
final class Names {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.zookeeper");

  private Names() {}

  /** Begins to look; asking for a name may take long, so a client does not wait for it. */
  static Thread look(ZooKeeperUrl url) {
    return Thread.ofPlatform()
        .daemon()
        .name("zookeeper-names")
        .start(
            () ->
                url.servers().stream()
                    .map(server -> server.substring(0, server.lastIndexOf(':')))
                    .distinct()
                    .forEach(Names::look));
  }

  private static void look(String host) {
    try {
      InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      LOG.warn(
          "The host '{}' in the URL of ZooKeeper is not known here, so that server cannot be asked."
              + " Is its name written correctly?",
          host);
    }
  }
}
