package io.proffer.api.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.endpoint.MasterEndpoints;
import io.proffer.api.endpoint.QuotaEndpoints;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What a body may cost, and how it is packed. */
@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BodyLimitsTest {
  private static final int LIMIT = 100_000;

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger handled = new AtomicInteger();
  private TestServer server;

  @BeforeAll
  void start() {
    server =
        new TestServer(
            limits(10L * LIMIT),
            Map.of(
                MasterEndpoints.OPERATOR,
                exchange -> {
                  handled.incrementAndGet();
                  exchange.answer(Answer.of(200, "application/json", exchange.body()));
                },
                QuotaEndpoints.WEIGHTS,
                exchange -> exchange.answer(Answer.text(200, Thread.currentThread().getName()))));
  }

  @AfterAll
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void aBodyOfTheLimitPasses() throws Exception {
    var answer = client.send(post(new byte[LIMIT]).build(), body());

    assertEquals(200, answer.statusCode());
    assertEquals(LIMIT, answer.body().length);
  }

  /** Whatever it is asked for: half a second of decoding would hold up all streams of its loop. */
  @Test
  void aLargeBodyIsHandledOutsideOfEventLoops() throws Exception {
    assertTrue(handledBy(LIMIT).startsWith("decode-"));
    assertTrue(handledBy(LIMIT / 2).contains("eventloop"));
  }

  private String handledBy(int length) throws IOException, InterruptedException {
    var body = HttpRequest.BodyPublishers.ofByteArray(new byte[length]);
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/weights"))
            .PUT(body)
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  @Test
  void anAnnouncedBodyOverTheLimitIsRefusedBeforeItIsSent() throws IOException {
    try (var raw = server.connect()) {
      var answer = raw.send("POST /api/v1 HTTP/1.1\r\nContent-Length: 100001\r\n\r\n").readAll();

      assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
      assertTrue(
          answer.endsWith(
              "Expecting a request body of at most 100000 bytes (--max_request_size), but received"
                  + " 100001 bytes; send it in smaller parts or raise the limit"),
          answer);
    }
  }

  @Test
  void aChunkedBodyOverTheLimitIsRefusedOnTheWay() throws IOException {
    try (var raw = server.connect()) {
      raw.send("POST /api/v1 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (var i = 0; i < 2; i++) {
        raw.send("ea60\r\n" + "x".repeat(60_000) + "\r\n");
      }

      assertTrue(raw.readAnswer().startsWith("HTTP/1.1 413 "));
    }
  }

  @Test
  void aClientThatSendsItAllTheSameReadsTheAnswer() throws IOException {
    try (var raw = server.connect()) {
      raw.send("POST /api/v1 HTTP/1.1\r\nContent-Length: 20000000\r\n\r\n");
      for (var i = 0; i < 20; i++) {
        raw.send("x".repeat(1_000_000));
      }

      assertTrue(raw.readAll().startsWith("HTTP/1.1 413 "));
    }
  }

  @Test
  void whatAgentsSendTheirMasterMayBeLarger() throws Exception {
    var path = MasterEndpoints.AGENT_SUBSCRIBE.path();

    assertEquals(200, client.send(post(path, new byte[3 * LIMIT]).build(), body()).statusCode());
    assertEquals(
        413, client.send(post(path, new byte[3 * LIMIT + 1]).build(), body()).statusCode());
  }

  @Test
  void aPackedBodyIsUnpacked() throws Exception {
    var answer =
        client.send(
            post(gzip("hello".getBytes(StandardCharsets.UTF_8)))
                .header("Content-Encoding", "gzip")
                .build(),
            body());

    assertEquals("hello", new String(answer.body(), StandardCharsets.UTF_8));
  }

  @Test
  void aPackedBodyMayNotGrowOverTheLimit() throws Exception {
    var answer =
        client.send(
            post(gzip(new byte[LIMIT + 1])).header("Content-Encoding", "gzip").build(), body());

    assertEquals(413, answer.statusCode());
  }

  @Test
  void whatPackedBodiesGrowToCountsAmongAllBodies() throws Exception {
    try (var tight = new TestServer(limits(LIMIT / 2), Map.of())) {
      var packed = gzip(new byte[LIMIT]);
      for (var i = 0; i < 3; i++) {
        var answer =
            client.send(post(tight, packed).header("Content-Encoding", "gzip").build(), body());

        assertEquals(503, answer.statusCode());
      }
      // All of it was given back.
      assertEquals(200, client.send(post(tight, new byte[LIMIT / 2]).build(), body()).statusCode());
      var half = post(tight, gzip(new byte[LIMIT / 3])).header("Content-Encoding", "gzip").build();
      assertEquals(200, client.send(half, body()).statusCode());
      assertEquals(200, client.send(half, body()).statusCode());
    }
  }

  @Test
  void aSubscriberThatLeavesBeforeItsFirstRecordGivesItsShareBack() throws Exception {
    var streams = new LinkedBlockingQueue<RecordStream>();
    Consumer<Exchange> silent =
        exchange -> streams.add(exchange.stream("s", MediaType.JSON, List.of()));
    try (var tight = new TestServer(limits(LIMIT / 2), Map.of(MasterEndpoints.SCHEDULER, silent))) {
      for (var i = 0; i < 3; i++) {
        var left = new CountDownLatch(1);
        try (var raw = tight.connect()) {
          raw.send("POST /api/v1/scheduler HTTP/1.1\r\nContent-Length: 40000\r\n\r\n");
          raw.send("x".repeat(40_000));
          streams.poll(10, TimeUnit.SECONDS).onClose(cause -> left.countDown());
        }
        assertTrue(left.await(10, TimeUnit.SECONDS));
      }
    }
  }

  @Test
  void aStreamDoesNotKeepTheBodyOfItsRequest() throws Exception {
    var bodies = new LinkedBlockingQueue<WeakReference<byte[]>>();
    var streams = new LinkedBlockingQueue<RecordStream>();
    Consumer<Exchange> subscribe =
        exchange -> {
          bodies.add(new WeakReference<>(exchange.body()));
          var stream = exchange.stream("s", MediaType.JSON, List.of());
          stream.write(new byte[] {'{', '}'});
          streams.add(stream);
        };
    try (var one = new TestServer(limits(LIMIT), Map.of(MasterEndpoints.SCHEDULER, subscribe));
        var raw = one.connect()) {
      raw.send("POST /api/v1/scheduler HTTP/1.1\r\nContent-Length: 1000\r\n\r\n");
      raw.send("x".repeat(1000));
      raw.readAnswer();
      var kept = bodies.poll(10, TimeUnit.SECONDS);
      var patience = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (!kept.refersTo(null) && System.nanoTime() < patience) {
        System.gc();
      }
      assertTrue(kept.refersTo(null), "the body is still kept");
      assertFalse(streams.poll(10, TimeUnit.SECONDS).isClosed());
    }
  }

  @Test
  void aBodyThatIsNotPackedAsItSaysIsAnsweredAsTheReferenceDoes() throws Exception {
    var answer =
        client.send(
            post("{}".getBytes(StandardCharsets.UTF_8)).header("Content-Encoding", "gzip").build(),
            body());

    assertEquals(500, answer.statusCode());
    assertEquals("failed to decode body", new String(answer.body(), StandardCharsets.UTF_8));
  }

  @Test
  void answersFromAThousandBytesOnArePackedForClientsThatUnderstandIt() throws Exception {
    var content = new byte[1024];
    Arrays.fill(content, (byte) 'a');

    var packed = client.send(post(content).header("Accept-Encoding", "gzip").build(), body());
    var small = client.send(post(new byte[1023]).header("Accept-Encoding", "gzip").build(), body());
    var unwanted = client.send(post(content).header("Accept-Encoding", "gzip;q=0").build(), body());

    assertEquals("gzip", packed.headers().firstValue("Content-Encoding").orElseThrow());
    assertArrayEquals(
        content, new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes());
    assertTrue(small.headers().firstValue("Content-Encoding").isEmpty());
    assertTrue(unwanted.headers().firstValue("Content-Encoding").isEmpty());
  }

  @Test
  void aTruncatedBodyReachesNobodyAndHarmsNobody() throws Exception {
    var before = handled.get();
    try (var raw = server.connect()) {
      raw.send("POST /api/v1 HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc");
    }

    assertEquals(200, client.send(post(new byte[1]).build(), body()).statusCode());
    assertEquals(before + 1, handled.get());
  }

  private static HttpLimits limits(long requestBufferBytes) {
    return new HttpLimits(
        LIMIT,
        3L * LIMIT,
        requestBufferBytes,
        1 << 20,
        Duration.ofSeconds(10),
        8192,
        Duration.ofSeconds(10));
  }

  private HttpRequest.Builder post(byte[] content) {
    return post(server, content);
  }

  private static HttpRequest.Builder post(TestServer server, byte[] content) {
    return post(server, "/api/v1", content);
  }

  private HttpRequest.Builder post(String path, byte[] content) {
    return post(server, path, content);
  }

  private static HttpRequest.Builder post(TestServer server, String path, byte[] content) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(10))
        .POST(HttpRequest.BodyPublishers.ofByteArray(content));
  }

  private static HttpResponse.BodyHandler<byte[]> body() {
    return HttpResponse.BodyHandlers.ofByteArray();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(content);
    }
    return packed.toByteArray();
  }
}
