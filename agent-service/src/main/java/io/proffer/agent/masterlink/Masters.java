package io.proffer.agent.masterlink;

import io.proffer.api.tls.TlsStore;
import io.proffer.api.zookeeper.ZooKeeperUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where masters are, as {@code --master} says: a list, a place in ZooKeeper where they say who
 * leads, or a file that holds one of these. From any thread.
 */
public final class Masters implements AutoCloseable {
  private static final String FILE = "file://";
  private static final Duration SESSION = Duration.ofSeconds(10);

  private final String spec;
  private final Duration session;
  private volatile Consumer<Sight> changed = sight -> {};
  private volatile Optional<TlsStore> zooKeeper = Optional.empty();
  private volatile Optional<Detector> detector = Optional.empty();
  private boolean closed;

  private Masters(String spec, Duration session) {
    this.spec = spec;
    this.session = session;
  }

  /** One master's address. */
  public record Address(String host, int port) {
    @Override
    public String toString() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /**
   * Whom to ask.
   *
   * @param leader the node that it leads by; empty where nobody says who leads
   */
  record Choice(Address address, Optional<String> leader) {}

  /** With sessions of 10 seconds in ZooKeeper. */
  public static Masters of(String spec) {
    return of(spec, SESSION);
  }

  /**
   * Reads the flag; a file is looked at for each attempt anew, so that it may change.
   *
   * @param session how long ZooKeeper may be silent before there is no master
   * @throws IllegalArgumentException with a sentence, if it is nothing of that
   */
  public static Masters of(String spec, Duration session) {
    if (ZooKeeperUrl.isMeantBy(spec)) {
      ZooKeeperUrl.parse(spec);
    } else if (!spec.startsWith(FILE)) {
      parse(spec);
    }
    return new Masters(spec, session);
  }

  /** The flag without a password. */
  public String shown() {
    return ZooKeeperUrl.isMeantBy(spec) ? ZooKeeperUrl.parse(spec).toString() : spec;
  }

  /** What to encrypt with what is said to ZooKeeper, before that is asked; empty for plain TCP. */
  public void encrypt(Optional<TlsStore> tls) {
    zooKeeper = tls;
  }

  /** Who is told what is seen in ZooKeeper, on a thread of its client. */
  void onChange(Consumer<Sight> listener) {
    changed = listener;
  }

  /**
   * Whom to ask at this attempt: who leads, or a list is gone through in a circle. May block for
   * the time of a session.
   *
   * @throws IOException with what keeps it from knowing
   */
  Choice at(int attempt) throws IOException {
    var text = text();
    if (ZooKeeperUrl.isMeantBy(text)) {
      return detect(ZooKeeperUrl.parse(text)).choose();
    }
    forget();
    var all = parse(text);
    return new Choice(all.get(attempt % all.size()), Optional.empty());
  }

  /** Whether this one was chosen because it led, and leads no longer. */
  boolean isOutdated(Choice choice) {
    return choice.leader().isPresent() && !choice.leader().equals(detector.flatMap(Detector::node));
  }

  private synchronized Detector detect(ZooKeeperUrl url) throws IOException {
    if (closed) {
      throw new IOException("the agent stops");
    }
    if (!detector.map(Detector::url).equals(Optional.of(url))) {
      forget();
      detector = Optional.of(new Detector(url, session, zooKeeper, sight -> changed.accept(sight)));
    }
    return detector.orElseThrow();
  }

  private synchronized void forget() {
    detector.ifPresent(Detector::close);
    detector = Optional.empty();
  }

  @Override
  public synchronized void close() {
    closed = true;
    forget();
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
      if (host.contains("@") || port < 1 || port > 65535) {
        throw wrong(text);
      }
      return new Address(host, port);
    } catch (NumberFormatException e) {
      throw wrong(text);
    }
  }

  /** What stands before an at may be a password, in a URL that was mistyped. */
  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "Expected a master as HOST:PORT (several with commas, zk://HOST:PORT/PATH, or file://PATH), but got '"
            + text.substring(text.lastIndexOf('@') + 1)
            + "'");
  }
}
