package io.proffer.api.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.endpoint.MasterEndpoints;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records that are too large for one piece. */
@Timeout(40)
class LongRecordTest {
  private static final int LARGE = 20_000_000;

  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private final AtomicLong mostWaiting = new AtomicLong();
  private TestServer server;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aLargeOneComesWholeAndIsNeverWhole() throws Exception {
    serve(stream -> out -> write(out, stream, LARGE));
    try (var client = HttpClient.newHttpClient();
        var in = subscribe(client)) {
      assertArrayEquals(expected(LARGE), in.readNBytes(length(in)));
      assertEquals("{}", new String(in.readNBytes(length(in)), StandardCharsets.UTF_8));
    }
    assertTrue(mostWaiting.get() < 1_000_000, mostWaiting.get() + " bytes waited");
  }

  @Test
  void aSmallOneIsOneChunk() throws Exception {
    serve(stream -> out -> write(out, stream, 1000));
    try (var client = server.connect()) {
      var answer = client.send("POST /api/v1/scheduler HTTP/1.1\r\nContent-Length: 0\r\n\r\n").in();
      var seen = new String(answer.readNBytes(1000), StandardCharsets.ISO_8859_1);
      assertTrue(seen.contains("\r\n\r\n3ed\r\n1000\n"), seen);
    }
  }

  @Test
  void aReaderThatLeavesEndsIt() throws Exception {
    serve(stream -> out -> write(out, stream, Integer.MAX_VALUE));
    try (var client = HttpClient.newHttpClient()) {
      subscribe(client).close();
      var thrown = assertInstanceOf(IOException.class, failure.get(30, TimeUnit.SECONDS));
      assertTrue(thrown.getMessage().startsWith("the stream ended: "), thrown.getMessage());
    }
  }

  @Test
  void oneThatComesOutShorterThanItWasMeasuredIsABug() throws Exception {
    var passes = new AtomicLong();
    serve(stream -> out -> write(out, stream, passes.incrementAndGet() == 1 ? 100_000 : 90_000));
    try (var client = HttpClient.newHttpClient();
        var _ = subscribe(client)) {
      assertInstanceOf(IllegalStateException.class, failure.get(30, TimeUnit.SECONDS));
    }
  }

  /** What a stream is to be told. */
  private interface Body {
    Exchange.JsonBody of(RecordStream stream);
  }

  private void serve(Body body) {
    server =
        new TestServer(
            HttpLimits.defaults(),
            Map.of(
                MasterEndpoints.SCHEDULER,
                exchange -> {
                  var stream = exchange.stream("s", MediaType.JSON, List.of());
                  exchange.onWorker(
                      () -> {
                        try {
                          LongRecord.write(stream, body.of(stream));
                          stream.write("{}".getBytes(StandardCharsets.UTF_8));
                        } catch (IOException | RuntimeException e) {
                          failure.complete(e);
                        }
                      });
                }));
  }

  private InputStream subscribe(HttpClient client) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + "/api/v1/scheduler"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
  }

  private static int length(InputStream in) throws IOException {
    var length = 0;
    for (var c = in.read(); c != '\n'; c = in.read()) {
      length = length * 10 + (c - '0');
    }
    return length;
  }

  private void write(OutputStream out, RecordStream stream, int length) throws IOException {
    var chance = new SplittableRandom(7);
    var piece = new byte[1000];
    for (var left = length; left > 0; left -= piece.length) {
      chance.nextBytes(piece);
      out.write(piece, 0, Math.min(left, piece.length));
      mostWaiting.accumulateAndGet(stream.waitingBytes(), Math::max);
    }
  }

  private static byte[] expected(int length) {
    var all = new byte[length];
    var chance = new SplittableRandom(7);
    var piece = new byte[1000];
    for (var at = 0; at < length; at += piece.length) {
      chance.nextBytes(piece);
      System.arraycopy(piece, 0, all, at, piece.length);
    }
    return all;
  }
}
