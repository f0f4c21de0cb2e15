package io.proffer.api.zookeeper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which servers, which path, and as whom: {@code zk://[user:password@]host1:port1,host2:port2/path}
 * (lifecycle, section 2).
 *
 * @param servers each {@code HOST:PORT}
 * @param path starts with a slash and does not end with one
 * @param credentials {@code user:password}, for the scheme digest
 */
public record ZooKeeperUrl(List<String> servers, String path, Optional<String> credentials) {
  /** What such URLs begin with. */
  public static final String SCHEME = "zk://";

  private static final String EXAMPLE = "zk://host1:2181,host2:2181,host3:2181/proffer";
  private static final int DEFAULT_PORT = 2181;
  private static final int LARGEST_PORT = 65535;

  /** Whether a text means ZooKeeper, well-formed or not. */
  public static boolean isMeantBy(String text) {
    return text.startsWith(SCHEME);
  }

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException with what was expected and what came; never with a password
   */
  public static ZooKeeperUrl parse(String text) {
    if (!isMeantBy(text)) {
      throw wrong("it does not begin with " + SCHEME);
    }
    var rest = text.substring(SCHEME.length());
    var slash = rest.indexOf('/');
    if (slash < 0) {
      throw wrong("there is no path after the servers");
    }
    if (rest.indexOf('@', slash) >= 0) {
      // Nothing of it may be shown: it can be the password that was cut at a slash of its own.
      throw wrong(
          "there is an @ behind the first slash; user, password and path go without / and @");
    }
    var authority = rest.substring(0, slash);
    var at = authority.lastIndexOf('@');
    var credentials =
        at < 0 ? Optional.<String>empty() : Optional.of(credentials(authority.substring(0, at)));
    return new ZooKeeperUrl(
        servers(authority.substring(at + 1)), path(rest.substring(slash)), credentials);
  }

  /** As ZooKeeper's own clients want it. */
  public String connectString() {
    return String.join(",", servers);
  }

  /** Without the password: what logs and {@code /state} may show. */
  @Override
  public String toString() {
    return SCHEME
        + credentials.map(pair -> pair.substring(0, pair.indexOf(':')) + ":***@").orElse("")
        + connectString()
        + path;
  }

  private static String credentials(String text) {
    if (text.indexOf(':') < 1) {
      throw wrong("what stands before the @ is not user:password");
    }
    return text;
  }

  private static List<String> servers(String list) {
    var servers = new ArrayList<String>();
    for (var server : list.split(",", -1)) {
      servers.add(server(server.strip()));
    }
    return List.copyOf(servers);
  }

  private static String server(String text) {
    var colon = text.lastIndexOf(':');
    if (colon < 0 || text.endsWith("]")) {
      return checkedHost(text) + ":" + DEFAULT_PORT;
    }
    checkedHost(text.substring(0, colon));
    var port = text.substring(colon + 1);
    if (port.matches("\\d{1,5}")
        && Integer.parseInt(port) >= 1
        && Integer.parseInt(port) <= LARGEST_PORT) {
      return text;
    }
    throw wrong("the server '%s' has no port between 1 and %d".formatted(text, LARGEST_PORT));
  }

  private static String checkedHost(String host) {
    if (host.isEmpty() || !host.matches("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]")) {
      throw wrong("'%s' is no host name or address".formatted(host));
    }
    return host;
  }

  private static String path(String text) {
    var end = text.length();
    while (end > 0 && text.charAt(end - 1) == '/') {
      end--;
    }
    var path = text.substring(0, end);
    if (path.isEmpty()) {
      throw wrong("the path is the root; a cluster wants a path of its own, like /proffer");
    }
    // Name by name: a pattern for all of them goes down a level for each.
    for (var name : path.substring(1).split("/", -1)) {
      if (name.isEmpty()
          || name.equals(".")
          || name.equals("..")
          || name.chars().anyMatch(Character::isISOControl)) {
        throw wrong("'%s' is no path of ZooKeeper".formatted(path));
      }
    }
    return path;
  }

  private static IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(
        "Expected a URL like %s (with credentials: zk://user:password@host1:2181/proffer), but %s"
            .formatted(EXAMPLE, what));
  }
}
