package io.proffer.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.tls.TestAuthority;
import io.proffer.api.tls.TlsSettings;
import io.proffer.api.tls.TlsStore;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests and answers on their way through a standby, over real sockets. */
@Timeout(60)
class ForwarderTest {
  private static final int LARGE = 20_000_000;

  private final Vertx vertx = Vertx.vertx();
  private final Forwarder forwarder =
      new Forwarder(vertx, 100, HttpLimits.defaults(), Optional.empty());
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    client.shutdownNow();
    forwarder.close();
    vertx.close().await();
  }

  private int listen(Consumer<HttpServerRequest> handler) {
    HttpServer server = vertx.createHttpServer().requestHandler(handler::accept);
    return server.listen(0, "127.0.0.1").await().actualPort();
  }

  /** A standby before a leader of this behaviour. */
  private int standby(Consumer<HttpServerRequest> leader) {
    var port = listen(leader);
    return listen(request -> forwarder.carry(request, "127.0.0.1:" + port));
  }

  private static HttpRequest.Builder to(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  @Test
  void aRequestArrivesAsItIsAndItsAnswerComesBack() throws Exception {
    var seen = new CompletableFuture<String>();
    var port =
        standby(
            request ->
                request
                    .body()
                    .onSuccess(
                        body -> {
                          seen.complete(
                              "%s %s %s %s %s"
                                  .formatted(
                                      request.method(),
                                      request.uri(),
                                      request.getHeader("Authorization"),
                                      request.getHeader("X-Forwarded-For"),
                                      body));
                          request
                              .response()
                              .setStatusCode(409)
                              .putHeader("X-Of-The-Leader", "1")
                              .end("no");
                        }));
    var answer =
        client.send(
            to(port, "/a%20b?c=d%26")
                .header("Authorization", "Basic x")
                .POST(HttpRequest.BodyPublishers.ofString("body"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertEquals(409, answer.statusCode());
    assertEquals("no", answer.body());
    assertEquals(Optional.of("1"), answer.headers().firstValue("X-Of-The-Leader"));
    assertEquals("POST /a%20b?c=d%26 Basic x 127.0.0.1 body", seen.get(10, TimeUnit.SECONDS));
  }

  @Test
  void whoWaitsForAMasterThatLeadsNoLongerIsToldSo() throws Exception {
    var asked = new CompletableFuture<HttpServerRequest>();
    var port = standby(asked::complete);
    var answer = client.sendAsync(to(port, "/state").build(), HttpResponse.BodyHandlers.ofString());
    var before = asked.get(10, TimeUnit.SECONDS).connection().localAddress();
    forwarder.follow(Optional.of("127.0.0.1:1"));
    assertEquals(503, answer.get(10, TimeUnit.SECONDS).statusCode());
    var text = answer.get().body();
    assertTrue(
        text.contains("the master at 127.0.0.1:" + before.port() + " leads no longer"), text);
    // Nor is anybody sent there who had looked it up a moment ago.
    var late = client.send(to(port, "/").build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(503, late.statusCode());
  }

  @Test
  void aCallThatMayHaveBeenCarriedOutIsNotAnsweredAsIfItWasNot() throws Exception {
    var port = standby(request -> request.body().onSuccess(all -> request.connection().close()));
    var call = HttpRequest.BodyPublishers.ofString("body");
    var lost = client.send(to(port, "/").POST(call).build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(503, lost.statusCode());
    assertTrue(lost.body().contains("may or may not have been carried out"), lost.body());
    assertEquals(Optional.of("unknown"), lost.headers().firstValue("X-Proffer-Outcome"));
    assertEquals(Optional.empty(), lost.headers().firstValue("Retry-After"));

    var read = client.send(to(port, "/").build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(503, read.statusCode());
    assertEquals(Optional.empty(), read.headers().firstValue("X-Proffer-Outcome"));
    assertEquals(Optional.of("1"), read.headers().firstValue("Retry-After"));
  }

  @Test
  void streamsOfAMasterThatLeadsNoLongerAreCut() throws Exception {
    var port = standby(request -> request.response().setChunked(true).write("first\n"));
    var answer =
        client.send(to(port, "/stream").build(), HttpResponse.BodyHandlers.ofInputStream());
    assertEquals("first\n", text(answer.body(), 6));
    forwarder.follow(Optional.empty());
    assertThrows(IOException.class, () -> answer.body().readAllBytes());
  }

  @Test
  void aStreamFlowsRecordByRecord() throws Exception {
    var stream = new CompletableFuture<HttpServerRequest>();
    var port =
        standby(
            request -> {
              request.response().setChunked(true).write("first\n");
              stream.complete(request);
            });
    var answer =
        client.send(to(port, "/stream").build(), HttpResponse.BodyHandlers.ofInputStream());
    assertEquals("first\n", text(answer.body(), 6));
    stream.get(10, TimeUnit.SECONDS).response().write("second\n");
    assertEquals("second\n", text(answer.body(), 7));
    stream.get(10, TimeUnit.SECONDS).response().end();
    assertEquals(-1, answer.body().read());
  }

  private static String text(InputStream in, int length) throws IOException {
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  @Test
  void aStreamThatBreaksOffDoesNotLookWhole() throws Exception {
    var port =
        standby(
            request -> {
              request.response().setChunked(true).write("half");
              request.connection().close();
            });
    var answer =
        client.send(to(port, "/stream").build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThrows(IOException.class, () -> answer.body().readAllBytes());
  }

  @Test
  void theLeaderHearsWhenAReaderLeaves() throws Exception {
    var left = new CompletableFuture<Boolean>();
    var port =
        standby(
            request -> {
              request.response().closeHandler(gone -> left.complete(true));
              request.response().setChunked(true).write("first");
            });
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      assertTrue(socket.getInputStream().read() > 0);
    }
    assertTrue(left.get(10, TimeUnit.SECONDS));
  }

  @Test
  void largeBodiesPassBothWays() throws Exception {
    var body = new byte[LARGE];
    new Random(1).nextBytes(body);
    var port = standby(request -> request.body().onSuccess(bytes -> request.response().end(bytes)));
    var answer =
        client.send(
            to(port, "/echo").POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertTrue(Arrays.equals(body, answer.body()));
  }

  @Test
  void answersWithoutBodiesKeepTheConnection() throws Exception {
    var port =
        standby(
            request ->
                request.response().setStatusCode(request.path().equals("/304") ? 304 : 204).end());
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      for (var path : new String[] {"/304", "/204", "/304"}) {
        socket
            .getOutputStream()
            .write(
                "GET %s HTTP/1.1\r\nHost: x\r\n\r\n"
                    .formatted(path)
                    .getBytes(StandardCharsets.UTF_8));
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
          head.append((char) socket.getInputStream().read());
        }
        assertTrue(head.toString().contains(path.substring(1)), head.toString());
        assertTrue(!head.toString().contains("Transfer-Encoding"), head.toString());
      }
    }
  }

  @Test
  void aLeaderThatIsNotThereIsToldInASentence() throws Exception {
    var nobody = vertx.createHttpServer().requestHandler(request -> {});
    var free = nobody.listen(0, "127.0.0.1").await().actualPort();
    nobody.close().await();
    var port = listen(request -> forwarder.carry(request, "127.0.0.1:" + free));
    var answer = client.send(to(port, "/").build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(503, answer.statusCode());
    assertTrue(answer.body().contains("cannot be reached"), answer.body());
    assertEquals(Optional.of("1"), answer.headers().firstValue("Retry-After"));
  }

  /** Nobody asks through one that says so, so it has to find out by itself that this is over. */
  @Test
  void aLeaderThatCannotBeReachedIsLookedForUntilItCan() throws Exception {
    var there = vertx.createHttpServer().requestHandler(request -> {});
    var at = there.listen(0, "127.0.0.1").await().actualPort();
    there.close().await();
    var port = listen(request -> forwarder.carry(request, "127.0.0.1:" + at));
    assertTrue(forwarder.reaches());
    client.send(to(port, "/").build(), HttpResponse.BodyHandlers.ofString());
    assertFalse(forwarder.reaches());
    vertx.createHttpServer().requestHandler(request -> {}).listen(at, "127.0.0.1").await();
    while (!forwarder.reaches()) {
      Thread.onSpinWait();
    }
  }

  /** A standby in clear, so that all there is to encrypt is its way to the leader. */
  private int encryptedStandby(Forwarder way, TlsStore leader, Consumer<HttpServerRequest> does) {
    var options = new HttpServerOptions();
    new ServerEncryption(leader, HttpLimits.defaults()).applyTo(options);
    var server = vertx.createHttpServer(options).requestHandler(does::accept);
    var port = server.listen(0, "127.0.0.1").await().actualPort();
    return listen(request -> way.carry(request, "127.0.0.1:" + port));
  }

  private static TlsStore issued(Path directory, TestAuthority authority, String name) {
    return TlsStore.open(
        new TlsSettings(
            Optional.of(authority.issue(directory, name, TestAuthority.here())),
            Optional.of(directory.resolve(name + ".key")),
            Optional.of(authority.write(directory)),
            Optional.empty(),
            true,
            true,
            TlsSettings.PROTOCOLS));
  }

  @Test
  void theWayToALeaderOfTheSameAuthorityIsEncrypted(@TempDir Path directory) throws Exception {
    var authority = new TestAuthority("authority");
    var standby = Optional.of(issued(directory, authority, "standby"));
    try (var way = new Forwarder(vertx, 10, HttpLimits.defaults(), standby)) {
      var stream = new CompletableFuture<HttpServerRequest>();
      var port =
          encryptedStandby(
              way,
              issued(directory, authority, "leader"),
              request -> {
                if (request.path().equals("/stream")) {
                  request.response().setChunked(true).write("first\n");
                  stream.complete(request);
                } else {
                  request.response().end(request.uri() + " by TLS: " + request.isSSL());
                }
              });
      var plain = client.send(to(port, "/a?b").build(), HttpResponse.BodyHandlers.ofString());
      assertEquals("/a?b by TLS: true", plain.body());

      var answer =
          client.send(to(port, "/stream").build(), HttpResponse.BodyHandlers.ofInputStream());
      assertEquals("first\n", text(answer.body(), 6));
      stream.get(10, TimeUnit.SECONDS).response().end("second\n");
      assertEquals("second\n", text(answer.body(), 7));
      assertEquals(-1, answer.body().read());
    }
  }

  @Test
  void aLeaderOfAnotherAuthorityIsNotBelieved(@TempDir Path directory) throws Exception {
    var standby = Optional.of(issued(directory, new TestAuthority("ours"), "standby"));
    try (var way = new Forwarder(vertx, 10, HttpLimits.defaults(), standby)) {
      var port =
          encryptedStandby(
              way,
              issued(directory, new TestAuthority("theirs"), "leader"),
              request -> request.response().end("believed"));
      var answer = client.send(to(port, "/").build(), HttpResponse.BodyHandlers.ofString());
      assertEquals(503, answer.statusCode());
      assertTrue(
          answer
              .body()
              .contains(
                  "cannot be reached from this one (its certificate is of an authority that is not"
                      + " trusted here"),
          answer.body());
      assertEquals(Optional.of("1"), answer.headers().firstValue("Retry-After"));
    }
  }

  @Test
  void anotherLeaderIsNotTheOneThatCouldNotBeReached() throws Exception {
    var nobody = vertx.createHttpServer().requestHandler(request -> {});
    var free = nobody.listen(0, "127.0.0.1").await().actualPort();
    nobody.close().await();
    var port = listen(request -> forwarder.carry(request, "127.0.0.1:" + free));
    client.send(to(port, "/").build(), HttpResponse.BodyHandlers.ofString());
    assertFalse(forwarder.reaches());
    forwarder.follow(Optional.of("127.0.0.1:1"));
    assertTrue(forwarder.reaches());
  }

  @Test
  void whatWasForwardedOnceIsNotForwardedAgain() throws Exception {
    var there = listen(request -> request.response().end(Buffer.buffer("answered")));
    var second = listen(request -> forwarder.carry(request, "127.0.0.1:" + there));
    var first = listen(request -> forwarder.carry(request, "127.0.0.1:" + second));
    var answer = client.send(to(first, "/").build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(503, answer.statusCode());
    assertEquals("No leader elected", answer.body());
  }
}
