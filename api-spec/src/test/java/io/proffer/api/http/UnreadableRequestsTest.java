package io.proffer.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.endpoint.MasterEndpoints;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are no HTTP, or stop: the client is told, and the connection ends. */
@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
class UnreadableRequestsTest {
  private static final String POST = "POST /api/v1 HTTP/1.1\r\nHost: x\r\n";

  private final LinkedBlockingQueue<RecordStream> streams = new LinkedBlockingQueue<>();
  private TestServer server;

  @BeforeAll
  void start() {
    var limits =
        new HttpLimits(
            1 << 20,
            1 << 20,
            1 << 24,
            1 << 20,
            Duration.ofSeconds(30),
            64 << 10,
            Duration.ofMillis(400));
    server =
        new TestServer(
            limits,
            Map.of(
                MasterEndpoints.STATE,
                exchange -> exchange.answerJson(out -> out.write(new byte[200_000])),
                MasterEndpoints.SCHEDULER,
                exchange -> {
                  var stream = exchange.stream("s", MediaType.JSON, List.of());
                  stream.write(new byte[] {'1'});
                  streams.add(stream);
                }));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  static Stream<Arguments> unreadable() {
    var big = "x".repeat(200_000);
    return Stream.of(
        Arguments.of("HELLO\r\n\r\n", 400, "Expecting an HTTP/1.1 request"),
        Arguments.of(
            "\u0016\u0003\u0001 a hello of TLS\r\n\r\n", 400, "Expecting an HTTP/1.1 request"),
        Arguments.of("GET /health FTP/1.1 x\r\n\r\n", 400, "Expecting an HTTP/1.1 request"),
        Arguments.of(
            "GET /health HTTP/1.1\r\nno colon here\r\n\r\n", 400, "Expecting an HTTP/1.1 request"),
        Arguments.of("GET /" + big + " HTTP/1.1\r\n\r\n", 414, "of at most 65536 bytes"),
        Arguments.of(
            "GET /health HTTP/1.1\r\nX: " + big + "\r\n\r\n", 431, "of at most 65536 bytes"),
        Arguments.of(POST + "Content-Length: abc\r\n\r\n{}", 400, "but received 'abc'"),
        Arguments.of(POST + "Content-Length: -1\r\n\r\n{}", 400, "but received '-1'"),
        Arguments.of(
            POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400, "received '2', '3'"),
        Arguments.of(POST + "Content-Length: 2, 3\r\n\r\n{}", 400, "but received '2, 3'"),
        Arguments.of(
            POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
            400,
            "Expecting a chunked body"));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void theClientIsToldAndTheConnectionEnds(String request, int status, String part)
      throws IOException {
    try (var client = server.connect()) {
      var answer = client.send(request).readAll();

      assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
      assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
      assertTrue(answer.contains(part), answer);
    }
    healthy();
  }

  @Test
  void requestsBeforeAnUnreadableOneAreAnswered() throws IOException {
    try (var client = server.connect()) {
      client.send("GET /health HTTP/1.1\r\n\r\nGET /health HTTP/1.1\r\n\r\nHELLO\r\n\r\n");

      assertTrue(client.readAnswer().startsWith("HTTP/1.1 200 OK\r\n"));
      assertTrue(client.readAnswer().startsWith("HTTP/1.1 200 OK\r\n"));
      assertTrue(client.readAll().startsWith("HTTP/1.1 400 Bad Request\r\n"));
    }
  }

  @Test
  void aClientOfTheOldVersionKeepsItsConnectionWhenTheAnswerHasALength() throws IOException {
    try (var client = server.connect()) {
      for (var i = 0; i < 2; i++) {
        client.send("GET /health HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        var answer = client.readAnswer();
        assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
        assertTrue(answer.contains("\r\nconnection: keep-alive\r\n"), answer);
      }
    }
  }

  @Test
  void aClientOfTheOldVersionGetsNoChunks() throws IOException {
    try (var client = server.connect()) {
      var answer = client.send("GET /state HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").readAll();

      assertTrue(answer.contains("\r\nconnection: close\r\n"), answer.substring(0, 200));
      assertEquals(200_000, answer.length() - answer.indexOf("\r\n\r\n") - 4);
    }
  }

  @Test
  void aBodyThatStopsIsToldSoAndTheConnectionEnds() throws IOException {
    try (var client = server.connect()) {
      var answer = client.send(POST + "Content-Length: 1000\r\n\r\n{\"type\"").readAll();

      assertTrue(answer.startsWith("HTTP/1.1 408 Request Timeout\r\n"), answer);
      assertTrue(answer.contains("--request_read_timeout"), answer);
    }
  }

  @Test
  void aHeadThatStopsEndsTheConnection() throws IOException {
    try (var fresh = server.connect();
        var used = server.connect()) {
      used.send("GET /health HTTP/1.1\r\n\r\n").readAnswer();

      assertEquals("", fresh.send("GET /hea").readAll());
      assertEquals("", used.send("GET /hea").readAll());
    }
  }

  @Test
  void aClientThatSaysNothingIsCut() throws IOException {
    try (var client = server.connect()) {
      assertEquals("", client.readAll());
    }
  }

  @Test
  void connectionsThatRestAndStreamsThatAreSilentAreNotCut() throws Exception {
    try (var resting = server.connect();
        var reader = server.connect();
        var clock = server.connect()) {
      resting.send("GET /health HTTP/1.1\r\n\r\n").readAnswer();
      reader.send("POST /api/v1/scheduler HTTP/1.1\r\nContent-Length: 0\r\n\r\n");
      var stream = streams.poll(10, TimeUnit.SECONDS);
      // Three more connections that say nothing, cut one after the other: the time has passed.
      clock.readAll();
      for (var i = 0; i < 2; i++) {
        try (var next = server.connect()) {
          next.readAll();
        }
      }

      resting.send("GET /health HTTP/1.1\r\n\r\n");
      assertTrue(resting.readAnswer().startsWith("HTTP/1.1 200 OK\r\n"));
      assertTrue(!stream.isClosed());
      stream.end();
      var answer = new StringBuilder();
      while (answer.indexOf("\r\n0\r\n\r\n") < 0) {
        answer.append((char) reader.in().read());
      }
    }
  }

  private void healthy() throws IOException {
    try (var client = server.connect()) {
      var answer = client.send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n").readAnswer();
      assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
    }
  }
}
