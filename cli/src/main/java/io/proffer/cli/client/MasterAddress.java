package io.proffer.cli.client;

import java.net.URI;
import java.util.regex.Pattern;

/** Where a master listens, as people write it: {@code HOST:PORT}. */
public record MasterAddress(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?:http://)?(\\[[0-9a-fA-F:.]+]|[^:/\\s]+)(?::(\\d{1,5}))?/?");
  private static final int DEFAULT_PORT = 5050;

  /**
   * Reads {@code HOST:PORT}, {@code HOST} or {@code http://HOST:PORT}; the port's default is 5050.
   *
   * @throws IllegalArgumentException if the text is none of these
   */
  public static MasterAddress parse(String text) {
    var matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "Expected the address of a master like 127.0.0.1:5050, but got '" + text + "'");
    }
    int port = matcher.group(2) == null ? DEFAULT_PORT : Integer.parseInt(matcher.group(2));
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "Expected a port between 1 and 65535 in '" + text + "', but got " + port);
    }
    return new MasterAddress(matcher.group(1), port);
  }

  /** The address of a path on this master. */
  public URI uri(String path) {
    return URI.create("http://" + this + path);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
