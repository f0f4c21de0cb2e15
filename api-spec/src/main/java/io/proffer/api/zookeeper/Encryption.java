package io.proffer.api.zookeeper;

import io.proffer.api.tls.Handshake;
import io.proffer.api.tls.TlsStore;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session by TLS. While there is none it asks the servers itself why that is: ZooKeeper's
 * client tries again and again, and says why with stack traces alone, which logs of Proffer leave
 * out.
 */
final class Encryption implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.zookeeper");
  private static final Duration FIRST_LOOK = Duration.ofSeconds(2);
  private static final Duration LOOKS = Duration.ofSeconds(10);
  private static final String ALWAYS_VERIFIED =
      "--ssl_verify_server_cert=false is not for ZooKeeper: with --zk_ssl its servers must show a"
          + " certificate of an authority in --ssl_ca_file, for the name that the URL has";

  private final ZooKeeperUrl url;
  private final TlsStore tls;
  private final KeyFiles files;

  /** By server, as it was when it was last asked. */
  private final Map<String, String> refusals = new ConcurrentHashMap<>();

  /** What the log has of each since there was a session; on the thread alone. */
  private final Map<String, String> logged = new HashMap<>();

  /** Why files could not be kept when that was last tried; on the thread alone. */
  private String unkept = "";

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("zookeeper-tls").daemon().factory());

  /** Writes the files that the client needs. */
  Encryption(ZooKeeperUrl url, TlsStore tls) {
    this.url = url;
    this.tls = tls;
    this.files = KeyFiles.open(tls);
    if (!tls.material().settings().verifyServer()) {
      LOG.warn(ALWAYS_VERIFIED);
    }
  }

  void apply(CuratorFrameworkFactory.Builder builder) {
    // Servers tell each other's ports without TLS alone, and Curator would go there.
    builder.zkClientConfig(files.config()).ensembleTracker(false);
  }

  /** Begins to look, whenever there is no session for a while. */
  void watch(BooleanSupplier connected) {
    var _ =
        thread.scheduleWithFixedDelay(
            () -> look(connected), FIRST_LOOK.toMillis(), LOOKS.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look(BooleanSupplier connected) {
    try {
      keepFiles();
      if (connected.getAsBoolean()) {
        refusals.clear();
        logged.clear();
      } else {
        url.servers().forEach(this::look);
      }
    } catch (RuntimeException e) {
      // The executor would keep it to itself, and never look again.
      LOG.error("Asking the servers of ZooKeeper why there is no session failed", e);
    }
  }

  private void keepFiles() {
    try {
      files.keep();
      unkept = "";
    } catch (IOException e) {
      if (!thread.isShutdown() && !e.toString().equals(unkept)) {
        unkept = e.toString();
        LOG.warn(
            "The certificates for ZooKeeper's client (--zk_ssl) cannot be kept in {}: {}. Without them"
                + " there is no new connection",
            System.getProperty("java.io.tmpdir"),
            unkept);
      }
    }
  }

  private void look(String server) {
    var colon = server.lastIndexOf(':');
    var host = server.substring(0, colon);
    var refusal =
        Handshake.refusal(
            host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
            Integer.parseInt(server.substring(colon + 1)),
            tls.material());
    refusal.ifPresentOrElse(why -> refused(server, why), () -> refusals.remove(server));
  }

  private void refused(String server, String why) {
    refusals.put(server, why);
    if (!why.equals(logged.put(server, why))) {
      LOG.warn("No session with ZooKeeper at {} by TLS (--zk_ssl): {}", server, why);
    }
  }

  /** Why there is no session, as far as it has to do with TLS. */
  Optional<String> refusal() {
    return refusals.isEmpty()
        ? Optional.empty()
        : Optional.of(
            refusals.values().stream().distinct().sorted().collect(Collectors.joining("; ")));
  }

  @Override
  public void close() {
    thread.shutdownNow();
    files.close();
  }
}
