package io.proffer.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.WriteStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Through a standby, who sends is as slow as who takes: nothing piles up between them. */
@Timeout(60)
class ForwarderPaceTest {
  /** More than all sockets on the way hold. */
  private static final long ALL = 128L << 20;

  private static final Buffer PART = Buffer.buffer(new byte[1 << 16]);
  private static final int OTHERS = 20;

  private final Vertx vertx = Vertx.vertx();
  private final Forwarder forwarder =
      new Forwarder(vertx, 100, HttpLimits.defaults(), Optional.empty());
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicLong poured = new AtomicLong();

  @AfterEach
  void stop() {
    client.shutdownNow();
    forwarder.close();
    vertx.close().await();
  }

  @Test
  void aLeaderWritesNoFasterThanAReaderReads() throws Exception {
    var port = standby(request -> pour(request.response().setChunked(true)));
    var answer = client.send(to(port, "/slow"), HttpResponse.BodyHandlers.ofInputStream());
    awaitStandstill(port);
    assertTrue(poured.get() < ALL, "all was taken though nobody read it");
    assertEquals(ALL, answer.body().transferTo(OutputStream.nullOutputStream()));
  }

  @Test
  void aCallerWritesNoFasterThanTheLeaderReads() throws Exception {
    var reached = new CompletableFuture<HttpServerRequest>();
    var read = new AtomicLong();
    var port =
        standby(
            request -> {
              request.pause();
              request.handler(part -> read.addAndGet(part.length()));
              request.endHandler(end -> request.response().end("read"));
              reached.complete(request);
            });
    var answer =
        vertx
            .createHttpClient()
            .request(HttpMethod.POST, port, "127.0.0.1", "/slow")
            .compose(
                request -> {
                  pour(request.setChunked(true));
                  return request.response();
                })
            .compose(response -> response.body())
            .toCompletionStage()
            .toCompletableFuture();
    var request = reached.get(10, TimeUnit.SECONDS);
    awaitStandstill(port);
    assertTrue(poured.get() < ALL, "all was taken though nobody read it");
    request.resume();
    assertEquals("read", answer.get(30, TimeUnit.SECONDS).toString());
    assertEquals(ALL, read.get());
  }

  /** A standby before a leader that treats {@code /slow} so and answers all else at once. */
  private int standby(Consumer<HttpServerRequest> slow) {
    var leader =
        listen(
            request -> {
              if (request.path().equals("/slow")) {
                slow.accept(request);
              } else {
                request.response().end();
              }
            });
    return listen(request -> forwarder.carry(request, "127.0.0.1:" + leader));
  }

  private int listen(Consumer<HttpServerRequest> handler) {
    var server = vertx.createHttpServer().requestHandler(handler::accept);
    return server.listen(0, "127.0.0.1").await().actualPort();
  }

  private static HttpRequest to(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
  }

  /** As fast as it is taken. Of the event loop of the stream. */
  private void pour(WriteStream<Buffer> stream) {
    while (!stream.writeQueueFull()) {
      if (poured.get() == ALL) {
        var _ = stream.end();
        return;
      }
      var _ = stream.write(PART);
      poured.addAndGet(PART.length());
    }
    stream.drainHandler(drained -> pour(stream));
  }

  /** Waits until no more is taken while others ask the same way and are answered. */
  private void awaitStandstill(int port) throws Exception {
    long before;
    do {
      before = poured.get();
      for (var i = 0; i < OTHERS; i++) {
        assertEquals(
            200,
            client.send(to(port, "/other"), HttpResponse.BodyHandlers.discarding()).statusCode());
      }
    } while (before == 0 || before != poured.get());
  }
}
