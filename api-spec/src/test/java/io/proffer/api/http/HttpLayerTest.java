package io.proffer.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.endpoint.MasterEndpoints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** scheduler-api, section 14, byte by byte. */
@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpLayerTest {
  private static final String HEALTHY = "HTTP/1.1 200 OK\r\nDate: D\r\nContent-Length: 0\r\n\r\n";

  private TestServer server;

  @BeforeAll
  void start() {
    server =
        new TestServer(
            HttpLimits.defaults(),
            Map.of(
                MasterEndpoints.OPERATOR,
                exchange -> exchange.answer(Answer.of(200, "application/json", exchange.body())),
                MasterEndpoints.VERSION,
                exchange ->
                    exchange.answerJson(
                        out -> out.write("{\"v\":1}".getBytes(StandardCharsets.UTF_8))),
                MasterEndpoints.STATE,
                exchange -> exchange.answerJson(out -> out.write(new byte[200_000])),
                MasterEndpoints.REDIRECT,
                exchange -> exchange.answer(Answer.redirect("two\r\nlines")),
                MasterEndpoints.TASKS,
                exchange -> {
                  throw new IllegalStateException("a bug");
                },
                MasterEndpoints.AGENTS,
                exchange -> {
                  throw new AssertionError("a worse bug");
                },
                MasterEndpoints.FRAMEWORKS,
                exchange ->
                    exchange.onWorker(
                        () -> {
                          throw new AssertionError("a worse bug");
                        }),
                MasterEndpoints.METRICS,
                exchange ->
                    exchange.answerJson(
                        out -> {
                          throw new AssertionError("a worse bug");
                        })));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void anEmptyAnswerHasDateAndLengthOnly() throws IOException {
    assertEquals(HEALTHY, ask("GET /health HTTP/1.1\r\nHost: x\r\n\r\n"));
  }

  @Test
  void theHostHeaderIsNotRequired() throws IOException {
    assertEquals(HEALTHY, ask("GET /health HTTP/1.1\r\n\r\n"));
  }

  @Test
  void absoluteAddressesAreUnderstood() throws IOException {
    assertEquals(HEALTHY, ask("GET http://127.0.0.1:5050/health HTTP/1.1\r\nHost: x\r\n\r\n"));
  }

  @Test
  void doubledSlashesAreOne() throws IOException {
    assertEquals(HEALTHY, ask("GET //health HTTP/1.1\r\nHost: x\r\n\r\n"));
  }

  @Test
  void percentEncodedLettersAreNotDecoded() throws IOException {
    assertEquals(
        "HTTP/1.1 404 Not Found\r\nDate: D\r\nContent-Type: text/plain; charset=utf-8\r\n"
            + "Content-Length: 14\r\n\r\n404 Not Found.",
        ask("GET /%68ealth HTTP/1.1\r\nHost: x\r\n\r\n"));
  }

  @Test
  void anOldClientIsAnsweredInTheNewVersionAndTheConnectionEnds() throws IOException {
    try (var client = server.connect()) {
      var answer = client.send("GET /health HTTP/1.0\r\n\r\n").readAll();

      assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\nDate: "), answer);
    }
  }

  @Test
  void aClientMayAskForTheConnectionToEnd() throws IOException {
    try (var client = server.connect()) {
      var answer =
          client.send("GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").readAll();

      assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
    }
  }

  @Test
  void anExpectedContinueIsNotSent() throws IOException {
    assertEquals(
        "HTTP/1.1 200 OK\r\nDate: D\r\nContent-Type: application/json\r\n"
            + "Content-Length: 2\r\n\r\n{}",
        ask(
            "POST /api/v1 HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                + "Content-Length: 2\r\n\r\n{}"));
  }

  @Test
  void chunkedBodiesAreAccepted() throws IOException {
    assertEquals(
        "HTTP/1.1 200 OK\r\nDate: D\r\nContent-Type: application/json\r\n"
            + "Content-Length: 4\r\n\r\nabcd",
        ask(
            """
            POST /api/v1 HTTP/1.1\r
            Host: x\r
            Transfer-Encoding: chunked\r
            \r
            1\r
            a\r
            3\r
            bcd\r
            0\r
            \r
            """));
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    try (var client = server.connect()) {
      client.send(
          "POST /api/v1 HTTP/1.1\r\nContent-Length: 1\r\n\r\n1"
              + "GET /version HTTP/1.1\r\n\r\n"
              + "POST /api/v1 HTTP/1.1\r\nContent-Length: 1\r\n\r\n2");

      assertTrue(client.readAnswer().endsWith("\r\n\r\n1"));
      assertTrue(client.readAnswer().endsWith("\r\n\r\n{\"v\":1}"));
      assertTrue(client.readAnswer().endsWith("\r\n\r\n2"));
    }
  }

  @Test
  void aWrongMethodIsToldTheRightOnes() throws IOException {
    assertEquals(
        """
        HTTP/1.1 405 Method Not Allowed\r
        Date: D\r
        Allow: POST\r
        Content-Type: text/plain; charset=utf-8\r
        Content-Length: 72\r
        \r
        405 Method Not Allowed. Expecting one of { 'POST' }, but received 'GET'.\
        """,
        ask("GET /api/v1 HTTP/1.1\r\nHost: x\r\n\r\n"));
  }

  @Test
  void plainEndpointsSayTheLengthBeforeTheType() throws IOException {
    assertEquals(
        "HTTP/1.1 200 OK\r\nDate: D\r\nContent-Length: 7\r\n"
            + "Content-Type: application/json\r\n\r\n{\"v\":1}",
        ask("GET /version HTTP/1.1\r\nHost: x\r\n\r\n"));
  }

  @Test
  void jsonpWrapsTheDocument() throws IOException {
    assertEquals(
        "HTTP/1.1 200 OK\r\nDate: D\r\nContent-Length: 11\r\n"
            + "Content-Type: text/javascript\r\n\r\ncb({\"v\":1})",
        ask("GET /version?jsonp=cb HTTP/1.1\r\nHost: x\r\n\r\n"));
  }

  @Test
  void headHasTheLengthAndNoBody() throws IOException {
    try (var client = server.connect()) {
      var answer = client.send("HEAD /state HTTP/1.1\r\nConnection: close\r\n\r\n").readAll();

      assertTrue(answer.contains("Content-Length: 200000\r\n"), answer);
      assertTrue(answer.endsWith("\r\n\r\n"), answer);
    }
  }

  @Test
  void largeDocumentsComeInChunks() throws IOException {
    try (var client = server.connect()) {
      var answer = client.send("GET /state HTTP/1.1\r\nConnection: close\r\n\r\n").readAll();

      assertTrue(answer.contains("Transfer-Encoding: chunked\r\n"), answer.substring(0, 200));
      assertTrue(answer.endsWith("\r\n0\r\n\r\n"));
      assertTrue(answer.length() > 200_000);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tasks", "/slaves", "/frameworks", "/metrics/snapshot"})
  void aHandlerThatThrowsIsAnsweredWithAnIncident(String path) throws IOException {
    var answer = ask("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");

    assertTrue(answer.startsWith("HTTP/1.1 500 Internal Server Error\r\n"), answer);
    assertTrue(answer.contains("Incident "), answer);
  }

  @Test
  void anAnswerThatCannotBeWrittenIsAnIncident() throws IOException {
    var answer = ask("GET /redirect HTTP/1.1\r\nHost: x\r\n\r\n");

    assertTrue(answer.startsWith("HTTP/1.1 500 Internal Server Error\r\n"), answer);
    assertTrue(answer.contains("Incident "), answer);
  }

  private String ask(String bytes) throws IOException {
    try (var client = server.connect()) {
      return client.send(bytes).readUndated();
    }
  }
}
