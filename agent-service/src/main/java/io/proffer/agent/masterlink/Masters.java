package io.proffer.agent.masterlink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where masters are, as {@code --master} says: a list, or a file that holds one. */
public final class Masters {
  private static final String FILE = "file://";

  private final String spec;

  private Masters(String spec) {
    this.spec = spec;
  }

  /** One master's address. */
  public record Address(String host, int port) {
    @Override
    public String toString() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /**
   * Reads the flag; a file is looked at for each attempt anew, so that it may change.
   *
   * @throws IllegalArgumentException with a sentence, if it is neither a list nor a file
   */
  public static Masters of(String spec) {
    if (spec.startsWith("zk://")) {
      throw new IllegalArgumentException(
          "ZooKeeper is not supported yet; expected HOST:PORT, a comma list, or file://PATH, but"
              + " got '"
              + spec
              + "'");
    }
    var masters = new Masters(spec);
    if (!spec.startsWith(FILE)) {
      parse(spec);
    }
    return masters;
  }

  /** Whom to ask at this attempt: the list is gone through in a circle. */
  Address at(int attempt) throws IOException {
    var all = parse(text());
    return all.get(attempt % all.size());
  }

  private String text() throws IOException {
    if (!spec.startsWith(FILE)) {
      return spec;
    }
    var path = Path.of(spec.substring(FILE.length()));
    try {
      return Files.readString(path, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      // Most say no more than the path: the name of the exception says the rest.
      throw new IOException(
          "cannot read '%s' (--master): %s".formatted(path, e.getClass().getSimpleName()), e);
    }
  }

  private static List<Address> parse(String list) {
    var all = new ArrayList<Address>();
    for (var part : list.split("[,\\s]+", -1)) {
      if (!part.isEmpty()) {
        all.add(address(part));
      }
    }
    if (all.isEmpty()) {
      throw wrong(list);
    }
    return all;
  }

  static Address address(String text) {
    var colon = text.lastIndexOf(':');
    if (colon <= 0) {
      throw wrong(text);
    }
    var host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      var port = Integer.parseInt(text.substring(colon + 1));
      if (port < 1 || port > 65535) {
        throw wrong(text);
      }
      return new Address(host, port);
    } catch (NumberFormatException e) {
      throw wrong(text);
    }
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "Expected a master as HOST:PORT (several with commas, or file://PATH), but got '"
            + text
            + "'");
  }
}
