package io.proffer.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A leader that answers before it has a whole body: nothing else may be sent on a connection on
 * which it still waits for the rest.
 */
@Timeout(60)
class EarlyAnswerTest {
  private static final int LARGE = 20_000_000;
  private static final String HEAD =
      "POST /early HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n";
  private static final String HALF = HEAD.formatted(1000) + "half";
  private static final String NEXT = "GET /next HTTP/1.1\r\nHost: x\r\n\r\n";

  private final Vertx vertx = Vertx.vertx();

  /** Of one connection, so that the next request needs the same or a new one. */
  private final Forwarder forwarder =
      new Forwarder(vertx, 1, HttpLimits.defaults(), Optional.empty());

  @AfterEach
  void stop() {
    forwarder.close();
    vertx.close().await();
  }

  private int listen(Consumer<HttpServerRequest> handler) {
    return vertx
        .createHttpServer()
        .requestHandler(handler::accept)
        .listen(0, "127.0.0.1")
        .await()
        .actualPort();
  }

  /** A leader that refuses a body before it has it, and then does this with it. */
  private int leader(Consumer<HttpServerRequest> then) {
    return listen(
        request -> {
          if (request.path().equals("/next")) {
            request.response().putHeader("Content-Length", "4").end("next");
          } else {
            request.response().setStatusCode(405).putHeader("Content-Length", "0").end();
            then.accept(request);
          }
        });
  }

  private int standby(int leader) {
    return listen(request -> forwarder.carry(request, "127.0.0.1:" + leader));
  }

  @Test
  void theRequestOfAnotherIsNotTakenForTheRest() throws Exception {
    var leader = leader(request -> {});
    var forwarded = new CompletableFuture<HttpServerRequest>();
    var gone = new CompletableFuture<Void>();
    var port =
        listen(
            request -> {
              if (request.path().equals("/large")) {
                request.response().end(Buffer.buffer(new byte[LARGE]));
              } else {
                request.connection().closeHandler(gone::complete);
                forwarded.complete(request);
                forwarder.carry(request, "127.0.0.1:" + leader);
              }
            });
    try (var client = new RawClient(port)) {
      // Does not read its first answer, so the second cannot leave.
      client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n" + HALF);
      var early = forwarded.get(10, TimeUnit.SECONDS).response();
      while (!early.ended()) {
        Thread.onSpinWait();
      }
    }
    gone.get(10, TimeUnit.SECONDS);
    assertNextIsAnswered(standby(leader));
  }

  @Test
  void theConnectionIsNotHeldUntilTheClientSendsTheRest() throws Exception {
    var port = standby(leader(request -> {}));
    try (var client = new RawClient(port)) {
      client.send(HALF);
      assertAnswered("405", client);
      assertNextIsAnswered(port);
      client.send("x".repeat(996) + NEXT);
      assertAnswered("200", client);
    }
  }

  @Test
  void norUntilALeaderThatDoesNotReadTakesIt() throws Exception {
    var port = standby(leader(HttpServerRequest::pause));
    try (var client = new RawClient(port)) {
      var sending =
          Thread.startVirtualThread(() -> send(client, HEAD.formatted(LARGE) + "x".repeat(LARGE)));
      assertAnswered("405", client);
      assertNextIsAnswered(port);
      sending.join();
      client.send(NEXT);
      assertAnswered("200", client);
    }
  }

  private static void send(RawClient client, String bytes) {
    try {
      client.send(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertNextIsAnswered(int port) throws IOException {
    try (var other = new RawClient(port)) {
      other.send(NEXT);
      assertAnswered("200", other);
    }
  }

  private static void assertAnswered(String status, RawClient client) throws IOException {
    var answer = client.readUndated();
    assertEquals("HTTP/1.1 " + status, answer.substring(0, 12), answer);
  }
}
