package io.proffer.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.endpoint.MasterEndpoints;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams: their bytes, and what becomes of readers that read slowly or not at all. */
@Timeout(60)
class RecordStreamTest {
  private static final String OPEN = "POST /api/v1/scheduler HTTP/1.1\r\nContent-Length: 0\r\n\r\n";

  private final BlockingQueue<RecordStream> opened = new ArrayBlockingQueue<>(10);
  private TestServer server;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void eachRecordIsOneChunkAndHeadersHaveTheReferencesOrder() throws Exception {
    serve(HttpLimits.defaults());
    try (var client = server.connect()) {
      var stream = open(client);
      stream.write(bytes("{}"));
      stream.write(bytes("{\"a\":1}"));
      stream.end();

      assertEquals(
          """
          HTTP/1.1 200 OK\r
          Date: D\r
          Transfer-Encoding: chunked\r
          Mesos-Stream-Id: s\r
          Content-Type: application/json\r
          X-Accel-Buffering: no\r
          \r
          4\r
          2
          {}\r
          9\r
          7
          {"a":1}\r
          0\r
          \r
          """,
          undated(readUntil(client, "0\r\n\r\n")));
    }
  }

  @Test
  void aStreamThatWasNotOpenedCanStillBeRefused() throws Exception {
    server =
        new TestServer(
            HttpLimits.defaults(),
            Map.of(
                MasterEndpoints.SCHEDULER,
                exchange -> {
                  var stream = exchange.stream("s", MediaType.JSON, List.of());
                  exchange.answer(Answer.text(400, "no"));
                  stream.write(bytes("late"));
                }));
    try (var client = server.connect()) {
      assertTrue(client.send(OPEN).readAnswer().endsWith("\r\n\r\nno"));
    }
  }

  @Test
  void aStreamThatEndsBeforeItsFirstRecordIsAnswered() throws Exception {
    serve(HttpLimits.defaults());
    var causes = new LinkedBlockingQueue<RecordStream.Cause>();
    try (var client = server.connect()) {
      var stream = open(client);
      stream.onClose(causes::add);
      stream.end();

      var answer = client.readAnswer();
      assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
      assertTrue(answer.contains("\r\nRetry-After: 1\r\n"), answer);
      assertEquals(RecordStream.Cause.ENDED, causes.poll(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void recordsBeatByThemselves() throws Exception {
    serve(HttpLimits.defaults());
    try (var client = server.connect()) {
      open(client).beat(Duration.ofMillis(5), () -> bytes("beat"));

      readUntil(client, "4\nbeat\r\n6\r\n4\nbeat\r\n");
    }
  }

  @Test
  void workThatThrowsEndsTheStreamAndEveryoneHearsOfIt() throws Exception {
    serve(HttpLimits.defaults());
    var causes = new LinkedBlockingQueue<RecordStream.Cause>();
    try (var client = server.connect()) {
      var stream = open(client);
      stream.onClose(
          cause -> {
            throw new IllegalStateException("cannot bear it");
          });
      stream.onClose(causes::add);
      stream.write(bytes("{}"));
      stream.onLoop(
          () -> {
            throw new IllegalStateException("cannot word it");
          });

      assertEquals(RecordStream.Cause.FAILED, causes.poll(10, TimeUnit.SECONDS));
      client.readAll();
    }
  }

  @Test
  void theEndOfTheClientIsTold() throws Exception {
    serve(HttpLimits.defaults());
    var causes = new LinkedBlockingQueue<RecordStream.Cause>();
    try (var client = server.connect()) {
      var stream = open(client);
      stream.onClose(causes::add);
      stream.write(bytes("{}"));
      client.in().read();
    }

    assertEquals(RecordStream.Cause.CLIENT_LEFT, causes.poll(10, TimeUnit.SECONDS));
  }

  @Test
  void aReaderThatDoesNotReadIsCutWhenTooMuchWaits() throws Exception {
    serve(limits(Duration.ofSeconds(60)));
    var causes = new LinkedBlockingQueue<RecordStream.Cause>();
    try (var client = server.connect()) {
      var stream = open(client);
      stream.onClose(causes::add);
      var record = new byte[64 * 1024];
      while (!stream.isClosed()) {
        stream.write(record);
      }

      assertEquals(RecordStream.Cause.BUFFER_FULL, causes.poll(10, TimeUnit.SECONDS));
      stream.onClose(causes::add);
      assertEquals(
          RecordStream.Cause.BUFFER_FULL, causes.poll(10, TimeUnit.SECONDS), "who asks late");
    }
  }

  @Test
  void nothingIsTakenBehindARecordThatDidNotFit() throws Exception {
    serve(limits(Duration.ofSeconds(60)));
    var busy = new CountDownLatch(1);
    try (var client = server.connect()) {
      var stream = open(client);
      // Its event loop comes to nothing else meanwhile.
      stream.onLoop(() -> awaitQuietly(busy));
      stream.write(new byte[17 << 20]);

      assertTrue(stream.isClosed());
    } finally {
      busy.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aReaderThatDoesNotReadIsCutInTimeAndSlowsNobody() throws Exception {
    serve(limits(Duration.ofMillis(400)));
    var causes = new LinkedBlockingQueue<RecordStream.Cause>();
    try (var idle = server.connect();
        var reader = server.connect()) {
      var stuck = open(idle);
      stuck.onClose(causes::add);
      var record = new byte[64 * 1024];
      for (var i = 0; i < 200; i++) {
        stuck.write(record);
      }
      var lively = open(reader);
      for (var i = 0; i < 100; i++) {
        lively.write(bytes("r" + i));
      }
      readUntil(reader, "r99\r\n");

      assertEquals(RecordStream.Cause.STALLED, causes.poll(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void aSlowReaderIsServedPageByPageAndNeverCut() throws Exception {
    serve(limits(Duration.ofSeconds(2)));
    var pages = 40;
    var page = 1 << 20;
    try (var client = server.connect()) {
      var stream = open(client);
      sendPages(stream, pages, page);

      var left = (long) pages * page;
      var buffer = new byte[1 << 18];
      while (left > 0) {
        var read = client.in().read(buffer);
        assertTrue(read > 0, "cut with " + left + " bytes to go");
        left -= read;
        // About 10 MB/s: slower than the loopback by far.
        LockSupport.parkNanos(read * 100L);
      }
    }
  }

  @Test
  void aReaderInTheMiddleOfOneLargeRecordIsNotCut() throws Exception {
    // Longer under way than the stall timeout, several times over.
    serve(limits(Duration.ofMillis(1500)));
    var size = 15 << 20;
    try (var client = new RawClient(server.port(), 64 * 1024)) {
      var stream = open(client);
      stream.write(new byte[size]);

      var left = (long) size;
      var buffer = new byte[1 << 16];
      while (left > 0) {
        var read = client.in().read(buffer);
        assertTrue(read > 0, "cut with " + left + " bytes to go");
        left -= read;
        // About 2.5 MB/s.
        LockSupport.parkNanos(read * 400L);
      }
      assertFalse(stream.isClosed());
    }
  }

  @Test
  void recordsThatAreAddedAreNoProgressOfTheReader() throws Exception {
    serve(limits(Duration.ofMillis(400)));
    var causes = new LinkedBlockingQueue<RecordStream.Cause>();
    try (var deaf = new RawClient(server.port(), 64 * 1024)) {
      var stream = open(deaf);
      stream.onClose(causes::add);
      stream.write(new byte[12 << 20]);
      stream.beat(Duration.ofMillis(5), () -> new byte[10]);

      assertEquals(RecordStream.Cause.STALLED, causes.poll(20, TimeUnit.SECONDS));
      // The connection too has ended, though not all was read.
      assertTrue(readToTheEnd(deaf) < 12 << 20);
    }
  }

  private static long readToTheEnd(RawClient client) throws IOException {
    try {
      return client.in().transferTo(OutputStream.nullOutputStream());
    } catch (SocketException e) {
      return 0;
    }
  }

  /** The next page leaves when the one before has drained, as the core does with long answers. */
  private static void sendPages(RecordStream stream, int pages, int bytes) {
    if (pages > 0) {
      stream.write(new byte[bytes]);
      stream.whenDrained(() -> sendPages(stream, pages - 1, bytes));
    }
  }

  @Test
  void whatWaitsIsWrittenBeforeTheEnd() throws Exception {
    serve(limits(Duration.ofSeconds(5)));
    try (var client = server.connect()) {
      var stream = open(client);
      var ended = new CountDownLatch(1);
      stream.onClose(cause -> ended.countDown());
      for (var i = 0; i < 60; i++) {
        stream.write(new byte[100_000]);
      }
      stream.end();

      readUntil(client, "\r\n0\r\n\r\n");
      assertTrue(ended.await(5, TimeUnit.SECONDS));
    }
  }

  private static HttpLimits limits(Duration stall) {
    return new HttpLimits(1 << 20, 1 << 20, 1 << 24, 16 << 20, stall, 8192, stall);
  }

  private void serve(HttpLimits limits) {
    server =
        new TestServer(
            limits,
            Map.of(
                MasterEndpoints.SCHEDULER,
                exchange ->
                    opened.add(
                        exchange.stream(
                            "s", MediaType.JSON, List.of(new Header("Mesos-Stream-Id", "s"))))));
  }

  private RecordStream open(RawClient client) throws Exception {
    client.send(OPEN);
    return opened.poll(10, TimeUnit.SECONDS);
  }

  private static String readUntil(RawClient client, String end) throws IOException {
    var text = new StringBuilder();
    var buffer = new byte[65536];
    while (text.indexOf(end, Math.max(0, text.length() - 70_000)) < 0) {
      var read = client.in().read(buffer);
      assertTrue(read > 0, () -> "ended after " + text.length());
      text.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
    }
    return text.toString();
  }

  private static String undated(String text) {
    return text.replaceFirst("Date: [^\r]*GMT\r\n", "Date: D\r\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
