package io.proffer.api.zookeeper;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.proffer.api.tls.TlsStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.slf4j.LoggerFactory;

/** A real server of ZooKeeper in this process; may be stopped and started again as it was. */
public final class OneServer implements AutoCloseable {
  /** Sessions may last from twice this. */
  public static final int TICK_MS = 200;

  /** No session lasts longer: enough for whom no pause of a busy machine may expire. */
  public static final Duration LONGEST = Duration.ofSeconds(60);

  private static final int CLIENTS = 200;

  static {
    // Tests that have no settings of their own for logs would print megabytes.
    ((Logger) LoggerFactory.getLogger("org.apache.zookeeper")).setLevel(Level.WARN);
    ((Logger) LoggerFactory.getLogger("io.netty")).setLevel(Level.WARN);
    ((Logger) LoggerFactory.getLogger("org.apache.curator")).setLevel(Level.WARN);
  }

  private final Path directory;
  private Optional<EncryptedServer> encryption;
  private int port;
  private ServerCnxnFactory running;

  private OneServer(Path directory, Optional<EncryptedServer> encryption) {
    this.directory = directory;
    this.encryption = encryption;
  }

  /** Starts one on a free port. */
  public static OneServer start() {
    return start(Optional.empty());
  }

  /**
   * The same, that speaks TLS alone and wants certificates of clients. One in this process at a
   * time.
   */
  public static OneServer start(TlsStore tls) {
    return start(Optional.of(new EncryptedServer(tls)));
  }

  private static OneServer start(Optional<EncryptedServer> encryption) {
    try {
      var server = new OneServer(Files.createTempDirectory("zookeeper"), encryption);
      server.up();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Serves again, with the data of before. */
  public void up() {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      running =
          encryption.isPresent()
              ? encryption.get().factory(address, directory, CLIENTS)
              : ServerCnxnFactory.createFactory(address, CLIENTS);
      var file = directory.toFile();
      var server = new ZooKeeperServer(file, file, TICK_MS);
      server.setMaxSessionTimeout((int) LONGEST.toMillis());
      running.startup(server);
      // One of Netty is not bound before.
      port = running.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Nobody answers any more; the data stays. */
  public void down() {
    running.shutdown();
  }

  /** With other certificates, from when it is up again. */
  public void renew(TlsStore tls) {
    encryption = Optional.of(new EncryptedServer(tls));
  }

  /** Ends a session, as if nothing was heard of it for too long. */
  public void expire(long session) {
    running.getZooKeeperServer().closeSession(session);
  }

  /** A path below it. */
  public ZooKeeperUrl url(String path) {
    return new ZooKeeperUrl(List.of("127.0.0.1:" + port), path, Optional.empty());
  }

  @Override
  public void close() {
    down();
    encryption.ifPresent(EncryptedServer::forget);
    try (var files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
