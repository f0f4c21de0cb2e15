package io.proffer.cli.client;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a master listens, as people write it: {@code HOST:PORT}.
 *
 * @param encrypted whether it speaks TLS; empty where nobody said
 */
public record MasterAddress(String host, int port, Optional<Boolean> encrypted) implements Masters {
  private static final Pattern FORM =
      Pattern.compile("(?:(https?)://)?(\\[[0-9a-fA-F:.]+]|[^:/@\\s]+)(?::(\\d{1,5}))?/?");
  private static final int DEFAULT_PORT = 5050;

  /** One of which nobody said whether it speaks TLS. */
  public MasterAddress(String host, int port) {
    this(host, port, Optional.empty());
  }

  /** The same, speaking TLS or not where nobody said. */
  public MasterAddress orElse(boolean isEncrypted) {
    return new MasterAddress(host, port, Optional.of(encrypted.orElse(isEncrypted)));
  }

  /** Whether it speaks TLS. */
  public boolean isEncrypted() {
    return encrypted.orElse(false);
  }

  /**
   * Reads {@code HOST:PORT}, {@code HOST}, {@code http://HOST:PORT} or {@code https://HOST:PORT};
   * the port's default is 5050.
   *
   * @throws IllegalArgumentException if the text is none of these
   */
  public static MasterAddress parse(String text) {
    var matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "Expected the address of a master like 127.0.0.1:5050, but got '"
              // What stands before an at may be a password.
              + text.substring(text.lastIndexOf('@') + 1)
              + "'");
    }
    int port = matcher.group(3) == null ? DEFAULT_PORT : Integer.parseInt(matcher.group(3));
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "Expected a port between 1 and 65535 in '" + text + "', but got " + port);
    }
    var scheme = Optional.ofNullable(matcher.group(1));
    return new MasterAddress(matcher.group(2), port, scheme.map("https"::equals));
  }

  @Override
  public <T> T ask(Call<T> call) throws ClientException {
    return call.at(this);
  }

  /** The address of a path on this master. */
  public URI uri(String path) {
    return URI.create((isEncrypted() ? "https://" : "http://") + this + path);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
