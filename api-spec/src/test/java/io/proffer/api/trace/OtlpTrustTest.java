package io.proffer.api.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.proffer.api.flags.Flags;
import io.proffer.api.tls.Managers;
import io.proffer.api.tls.TestAuthority;
import io.proffer.api.tls.TlsSettings;
import io.proffer.api.tls.TlsStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A collector with a certificate of the cluster's authority. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OtlpTrustTest {
  @TempDir Path directory;
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private HttpsServer collector;

  @BeforeEach
  void start() throws Exception {
    var authority = new TestAuthority("ours");
    authority.write(directory);
    authority.issue(directory, "node", TestAuthority.here());
    new TestAuthority("strangers").write(directory);
    collector = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.setHttpsConfigurator(
        new HttpsConfigurator(Managers.context(store("ours").material())));
    collector.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          received.add(exchange.getRequestURI().getPath());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
  }

  @AfterEach
  void stop() {
    collector.stop(0);
  }

  @Test
  void itIsBelievedWhereItsAuthorityIs() throws Exception {
    try (var tracing = tracing()) {
      tracing.trust(Optional.of(store("ours")));
      trace(tracing);
      assertEquals("/v1/traces", received.poll(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void itIsNotBelievedWithoutIt() {
    var tracing = tracing();
    tracing.trust(Optional.of(store("strangers")));
    trace(tracing);
    tracing.close();
    assertEquals(2, tracing.exporter().orElseThrow().dropped());
    assertTrue(received.isEmpty());
  }

  @Test
  void anAuthorityThatIsReadAnewCountsHereToo() throws Exception {
    var file = Files.copy(directory.resolve("strangers.pem"), directory.resolve("changing.pem"));
    var store = store("changing");
    try (var tracing = tracing()) {
      tracing.trust(Optional.of(store));
      Files.copy(directory.resolve("ours.pem"), file, StandardCopyOption.REPLACE_EXISTING);
      store.read().run();
      trace(tracing);
      assertEquals("/v1/traces", received.poll(20, TimeUnit.SECONDS));
    }
  }

  private Tracing tracing() {
    var url = "https://127.0.0.1:" + collector.getAddress().getPort();
    return Flags.fill(new TraceFlags(), Map.of("otlp_endpoint", url, "otlp_patience", "0secs"))
        .open("master", System::nanoTime);
  }

  private static void trace(Tracing tracing) {
    var hops = tracing.hops().orElseThrow();
    hops.begin("key", new Trip.Task("f", "t"), "a");
    hops.arrive("key", "b");
  }

  private TlsStore store(String authority) {
    return TlsStore.open(
        new TlsSettings(
            Optional.of(directory.resolve("node.pem")),
            Optional.of(directory.resolve("node.key")),
            Optional.of(directory.resolve(authority + ".pem")),
            Optional.empty(),
            true,
            false,
            List.copyOf(TlsSettings.PROTOCOLS)));
  }
}
