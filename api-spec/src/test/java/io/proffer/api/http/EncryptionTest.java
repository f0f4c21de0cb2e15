package io.proffer.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.proffer.api.auth.Keyring;
import io.proffer.api.tls.Managers;
import io.proffer.api.tls.TestAuthority;
import io.proffer.api.tls.TlsSettings;
import io.proffer.api.tls.TlsStore;
import io.proffer.api.tls.TlsWords;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Servers and clients with certificates of every kind: who is served, and what others are told. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EncryptionTest {
  private static final String NONE = "-";

  @TempDir static Path directory;

  private final Logger logger = (Logger) LoggerFactory.getLogger(HandshakeLog.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeAll
  static void issue() {
    var authority = new TestAuthority("ours");
    var stranger = new TestAuthority("theirs");
    authority.write(directory);
    stranger.write(directory);
    authority.issue(directory, "node", TestAuthority.here());
    authority.issue(directory, "next", TestAuthority.here());
    authority.issue(directory, "elsewhere", List.of("elsewhere.example"));
    authority.issueExpired(directory, "expired", TestAuthority.here());
    stranger.issue(directory, "stranger", TestAuthority.here());
  }

  @BeforeEach
  void listenToTheLog() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void leaveTheLog() {
    logger.detachAppender(log);
  }

  private static TlsStore store(
      String name, String authority, boolean requireClient, List<String> protocols) {
    return TlsStore.open(
        new TlsSettings(
            name.equals(NONE) ? Optional.empty() : Optional.of(directory.resolve(name + ".pem")),
            name.equals(NONE) ? Optional.empty() : Optional.of(directory.resolve(name + ".key")),
            authority.equals(NONE)
                ? Optional.empty()
                : Optional.of(directory.resolve(authority + ".pem")),
            Optional.empty(),
            true,
            requireClient,
            protocols));
  }

  private static TestServer server(String name, boolean requireClient) {
    return new TestServer(
        HttpLimits.defaults(), store(name, "ours", requireClient, TlsSettings.PROTOCOLS));
  }

  private static HttpClient client(String name, String authority, HttpClient.Version version) {
    return HttpClient.newBuilder()
        .version(version)
        .sslContext(
            Managers.context(store(name, authority, false, TlsSettings.PROTOCOLS).material()))
        .build();
  }

  private static HttpResponse<String> get(HttpClient client, int port) throws Exception {
    var uri = URI.create("https://127.0.0.1:" + port + "/state");
    return client.send(
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String refusal(String name, String authority, int port) {
    try (var client = client(name, authority, HttpClient.Version.HTTP_1_1)) {
      var failure = assertThrows(IOException.class, () -> get(client, port));
      return TlsWords.ofServer(failure).orElseGet(failure::toString);
    }
  }

  private static void assertServes(String name, int port) throws Exception {
    try (var client = client(name, "ours", HttpClient.Version.HTTP_1_1)) {
      assertEquals(200, get(client, port).statusCode());
    }
  }

  private List<String> lines() {
    synchronized (log) {
      return List.copyOf(log.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
  }

  private void awaitLine(String words) throws Exception {
    await(words, () -> lines().stream().anyMatch(line -> line.contains(words)));
  }

  private static void await(String what, Callable<Boolean> there) throws Exception {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!there.call()) {
      assertTrue(System.nanoTime() < end, "waited in vain: " + what);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -        | ours   | it wants a certificate from us | the client showed no certificate of an authority
          stranger | ours   | it wants a certificate from us | the client showed no certificate of an authority
          expired  | ours   | expired                        | the client's certificate has expired
          node     | theirs | its certificate is of an authority that is not trusted here | the client ended the connection before it was encrypted
          """)
  void aClientThatIsNotServedIsToldWhyAndOthersAreServed(
      String name, String authority, String told, String logged) throws Exception {
    try (var server = server("node", true)) {
      var why = refusal(name, authority, server.port());
      // In TLS 1.3 a client has sent its request by then, and the alert may get lost.
      assertTrue(why.contains(told) || why.contains("no bytes") || why.contains("reset"), why);
      awaitLine(logged);
      assertServes("node", server.port());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          expired   | its certificate has expired (NotAfter:
          elsewhere | its certificate is for another host
          stranger  | its certificate is of an authority that is not trusted here
          """)
  void aServerThatIsNotBelievedIsToldOf(String name, String told) {
    try (var server = server(name, false)) {
      var why = refusal(NONE, "ours", server.port());
      assertTrue(why.startsWith(told), why);
    }
  }

  @Test
  void plainHttpGetsTheEndOfTheConnectionAndOneLine() throws Exception {
    try (var server = server("node", false)) {
      for (int i = 0; i < 20; i++) {
        assertEquals(-1, answerTo("GET /health HTTP/1.1\r\nHost: h\r\n\r\n", server.port()));
      }
      awaitLine("the client does not speak TLS: tell it to use https");
      assertEquals(1, lines().size(), lines()::toString);
      assertServes(NONE, server.port());
    }
  }

  /** The first byte that comes back, or -1 for none before the end. */
  private static int answerTo(String text, int port) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      int first = socket.getInputStream().read();
      // An alert of TLS is no answer to HTTP.
      return first == 0x15 ? -1 : first;
    }
  }

  @Test
  void tlsToAPortThatSpeaksPlainHttpIsToldOf() {
    try (var server = new TestServer(HttpLimits.defaults(), Map.of())) {
      var why = refusal(NONE, "ours", server.port());
      assertTrue(why.startsWith("it does not speak TLS"), why);
    }
  }

  @Test
  void versionsThatWereSwitchedOffAreNotSpoken() throws Exception {
    try (var server =
        new TestServer(HttpLimits.defaults(), store("node", "ours", false, List.of("TLSv1.3")))) {
      var context = Managers.context(store(NONE, "ours", false, TlsSettings.PROTOCOLS).material());
      for (var version : List.of("TLSv1.2", "TLSv1.3")) {
        try (var socket =
            (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port())) {
          socket.setEnabledProtocols(new String[] {version});
          if (version.equals("TLSv1.3")) {
            socket.startHandshake();
          } else {
            var failure = assertThrows(IOException.class, socket::startHandshake);
            assertEquals(TlsWords.NO_COMMON_VERSION, TlsWords.of(failure));
          }
        }
      }
    }
  }

  @Test
  void http2IsChosenInTheHandshakeWhereItIsSpoken() throws Exception {
    var limits = speakingHttp2();
    try (var server = new TestServer(limits, store("node", "ours", false, TlsSettings.PROTOCOLS));
        var client = client(NONE, "ours", HttpClient.Version.HTTP_2)) {
      assertEquals(HttpClient.Version.HTTP_2, get(client, server.port()).version());
    }
    try (var server = server("node", false);
        var client = client(NONE, "ours", HttpClient.Version.HTTP_2)) {
      assertEquals(HttpClient.Version.HTTP_1_1, get(client, server.port()).version());
    }
  }

  @Test
  void aRenewedCertificateIsShownToWhoComesAndOldConnectionsGoOn() throws Exception {
    for (var kind : List.of(".pem", ".key")) {
      copy("node", "changing", kind);
    }
    var store = store("changing", "ours", false, TlsSettings.PROTOCOLS);
    var reload =
        new Reload(
            List.of(store), new Keyring(Optional.empty(), Optional.empty(), Optional.empty()));
    try (var server = new TestServer(HttpLimits.defaults(), store);
        var old = connect(server.port())) {
      assertEquals("CN=node", subject(old));

      copy("next", "changing", ".pem");
      assertTrue(reload.read().orElse("").contains("--ssl_key_file"), "the key is not there yet");
      try (var other = connect(server.port())) {
        assertEquals("CN=node", subject(other), "nothing was changed");
      }

      copy("next", "changing", ".key");
      assertEquals(Optional.empty(), reload.read());
      await(
          "the next certificate",
          () -> {
            try (var other = connect(server.port())) {
              return subject(other).equals("CN=next");
            }
          });
      old.getOutputStream()
          .write("GET /health HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertEquals('H', old.getInputStream().read());
    }
  }

  private static HttpLimits speakingHttp2() {
    return HttpLimits.defaults().withHttp2(10);
  }

  private static SSLSocket connect(int port) throws IOException {
    var context = Managers.context(store(NONE, "ours", false, TlsSettings.PROTOCOLS).material());
    var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
    socket.setSoTimeout(10_000);
    socket.startHandshake();
    return socket;
  }

  private static String subject(SSLSocket socket) throws IOException {
    return socket.getSession().getPeerPrincipal().getName();
  }

  private static void copy(String from, String to, String kind) throws IOException {
    Files.copy(
        directory.resolve(from + kind),
        directory.resolve(to + kind),
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void aReasonIsLoggedOnceInAWhileWithHowOftenItCame() {
    var now = new AtomicLong();
    var handshakes = new HandshakeLog(now::get);
    var noTls = new SSLException("not an SSL/TLS record: 474554");
    for (int i = 0; i < 1000; i++) {
      handshakes.failed(noTls);
    }
    handshakes.failed(new SSLException("(certificate_required) Empty client certificate chain"));
    assertEquals(2, lines().size(), lines()::toString);
    now.addAndGet(HandshakeLog.PAUSE.toNanos());
    handshakes.failed(noTls);
    assertTrue(lines().getLast().endsWith("(and 999 more since)"), lines()::toString);
  }
}
