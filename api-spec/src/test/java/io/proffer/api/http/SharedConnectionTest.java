package io.proffer.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.proffer.api.endpoint.MasterEndpoints;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** HTTP/2 where it is switched on: many streams on one connection, none of which ends another. */
@Timeout(60)
class SharedConnectionTest {
  private static final int STREAMS = 300;
  private static final int LARGE_BYTES = 1 << 20;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client =
      vertx
          .httpClientBuilder()
          .with(
              new HttpClientOptions()
                  .setProtocolVersion(HttpVersion.HTTP_2)
                  // Else what one stream leaves unread stops the others.
                  .setHttp2ConnectionWindowSize(64 << 20)
                  .setHttp2ClearTextUpgrade(false))
          .with(new PoolOptions().setHttp2MaxSize(1))
          .build();

  private final BlockingQueue<RecordStream> opened = new LinkedBlockingQueue<>();
  private final BlockingQueue<RecordStream.Cause> ends = new LinkedBlockingQueue<>();
  private TestServer server;

  @AfterEach
  void stop() {
    client.close().await();
    vertx.close().await();
    server.close();
  }

  @Test
  void oneConnectionCarriesAllStreamsThatTheFlagAllows() throws Exception {
    serve(Duration.ofSeconds(30));
    var connections = new HashSet<Object>();
    var texts = new LinkedBlockingQueue<String>();
    for (int i = 0; i < STREAMS; i++) {
      connections.add(subscribe(texts).request().connection());
    }

    take(STREAMS, opened).forEach(stream -> stream.write(new byte[] {'1'}));

    assertEquals(Set.of("1\n0", "1\n1"), Set.copyOf(take(2 * STREAMS, texts)));
    assertEquals(1, connections.size());
  }

  @Test
  void aReaderWhoLeavesOneStreamKeepsTheOthers() throws Exception {
    serve(Duration.ofSeconds(30));
    var leaving = subscribe(new LinkedBlockingQueue<>());
    var texts = new LinkedBlockingQueue<String>();
    subscribe(texts);
    var streams = take(2, opened);

    leaving.request().reset();

    assertEquals(RecordStream.Cause.CLIENT_LEFT, ends.poll(10, TimeUnit.SECONDS));
    var left = streams.stream().filter(stream -> !stream.isClosed()).toList();
    assertEquals(1, left.size());
    left.getFirst().write(new byte[] {'1'});
    assertEquals(List.of("1\n0", "1\n1"), take(2, texts));
  }

  @Test
  void aReaderWhoStallsLosesThatStreamAlone() throws Exception {
    serve(Duration.ofMillis(400));
    subscribe(new LinkedBlockingQueue<>()).pause();
    var forDeaf = take(1, opened).getFirst();
    var texts = new LinkedBlockingQueue<String>();
    subscribe(texts);
    var forAwake = take(1, opened).getFirst();
    forAwake.beat(Duration.ofMillis(20), () -> new byte[] {'1'});

    forDeaf.write(new byte[12 << 20]);

    assertEquals(RecordStream.Cause.STALLED, ends.poll(20, TimeUnit.SECONDS));
    assertFalse(forAwake.isClosed());
    texts.clear();
    assertEquals(List.of("1\n1", "1\n1"), take(2, texts));
  }

  @Test
  void aReaderWhoIsSlowKeepsAStreamWithALargeRecord() throws Exception {
    serve(Duration.ofSeconds(2));
    var texts = new LinkedBlockingQueue<String>();
    var slow = subscribe(texts).pause();
    var stream = take(1, opened).getFirst();
    stream.write(new byte[LARGE_BYTES]);

    vertx.setPeriodic(100, timer -> slow.fetch(2));

    for (int read = 0; read < LARGE_BYTES; read += take(1, texts).getFirst().length()) {
      assertFalse(stream.isClosed(), "cut after " + read + " bytes");
    }
  }

  @Test
  void aPageOfItsOwnMayCallAndAnotherMayNot() throws Exception {
    serve(Duration.ofSeconds(30));

    assertEquals(200, callOfAPage("http://127.0.0.1:" + server.port()).statusCode());
    assertEquals(403, callOfAPage("http://127.0.0.1:1").statusCode());
  }

  @Test
  void aLargeAnswerComesWithoutAHeaderOfChunks() throws Exception {
    serve(Duration.ofSeconds(30));

    var body =
        client
            .request(HttpMethod.GET, server.port(), "127.0.0.1", "/state")
            .compose(
                request ->
                    request
                        .send()
                        .map(SharedConnectionTest::assertDoesNotNameChunks)
                        .compose(HttpClientResponse::body))
            .await();

    assertEquals(LARGE_BYTES, body.length());
  }

  private static HttpClientResponse assertDoesNotNameChunks(HttpClientResponse answer) {
    assertNull(answer.getHeader("Transfer-Encoding"));
    return answer;
  }

  private HttpClientResponse callOfAPage(String origin) {
    return client
        .request(HttpMethod.POST, server.port(), "127.0.0.1", "/api/v1/scheduler")
        .compose(request -> request.putHeader("Origin", origin).send())
        .await();
  }

  @Test
  void aRefusalThatEndsAConnectionOfItsOwnLeavesASharedOneOpen() throws Exception {
    serve(Duration.ofSeconds(30));
    subscribe(new LinkedBlockingQueue<>());
    var request = client.request(HttpMethod.POST, server.port(), "127.0.0.1", "/api/v1").await();
    var connection = request.connection();

    var refused = request.send(Buffer.buffer(new byte[2 << 20])).await();

    assertEquals(413, refused.statusCode());
    assertEquals(200, health().statusCode());
    assertEquals(connection, health().request().connection());
    assertFalse(take(1, opened).getFirst().isClosed());
  }

  private HttpClientResponse health() {
    return client
        .request(HttpMethod.GET, server.port(), "127.0.0.1", "/health")
        .compose(request -> request.send())
        .await();
  }

  /** Done with the first record of the stream, which brings the head of the answer. */
  private HttpClientResponse subscribe(BlockingQueue<String> texts) {
    return client
        .request(HttpMethod.POST, server.port(), "127.0.0.1", "/api/v1/scheduler")
        .compose(
            request ->
                request.send().map(answer -> answer.handler(part -> texts.add(part.toString()))))
        .await();
  }

  private static <T> List<T> take(int count, BlockingQueue<T> from) throws InterruptedException {
    var taken = new ArrayList<T>();
    while (taken.size() < count) {
      var next = from.poll(10, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("only " + taken.size() + " of " + count + " came");
      }
      taken.add(next);
    }
    return taken;
  }

  private void serve(Duration stall) {
    server =
        new TestServer(
            new HttpLimits(1 << 20, 1 << 20, 1 << 24, 16 << 20, stall, 8192, stall)
                .withHttp2(STREAMS),
            Map.of(
                MasterEndpoints.SCHEDULER,
                exchange -> {
                  var stream = exchange.stream("s", MediaType.JSON, List.of());
                  stream.onClose(ends::add);
                  stream.write(new byte[] {'0'});
                  opened.add(stream);
                },
                MasterEndpoints.STATE,
                exchange -> exchange.answerJson(out -> out.write(new byte[LARGE_BYTES]))),
            CrossOrigin::refusal);
  }
}
