package io.proffer.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.e2e.Cluster;
import io.proffer.e2e.RawHttp;
import io.proffer.e2e.Scheduler;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP that no library would send: master and agent say what is wrong with it, and live on. */
@Timeout(120)
final class RawRequestsTest {
  private static final String POST = "POST /api/v1 HTTP/1.1\r\nHost: x\r\n";

  private static Cluster cluster;
  private static Scheduler scheduler;
  private static int agentPort;

  @BeforeAll
  static void start() {
    cluster = Cluster.master("--request_read_timeout=1secs");
    agentPort = cluster.addAgent(Cluster.RESOURCES, "--request_read_timeout=1secs");
    cluster.awaitAgents(1);
    scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("raw"));
  }

  @AfterAll
  static void stop() {
    scheduler.close();
    cluster.close();
  }

  static Stream<Arguments> unreadable() {
    var big = "x".repeat(200_000);
    return Stream.of(
        Arguments.of("HELLO\r\n\r\n", 400),
        Arguments.of("GET /" + big + " HTTP/1.1\r\n\r\n", 414),
        Arguments.of("GET /health HTTP/1.1\r\nX: " + big + "\r\n\r\n", 431),
        Arguments.of(POST + "Content-Length: abc\r\n\r\n{}", 400),
        Arguments.of(POST + "Content-Length: -1\r\n\r\n{}", 400),
        Arguments.of(POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400),
        Arguments.of(POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n", 400),
        Arguments.of(POST + "Content-Length: 1000\r\n\r\n{\"type\"", 408));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void theClientIsToldAndTheConnectionEnds(String request, int status) throws IOException {
    for (var port : List.of(cluster.masterPort(), agentPort)) {
      try (var http = new RawHttp(port)) {
        http.sendBytes(request);
        var answer = http.answer();

        assertEquals(status, answer.status());
        assertTrue(answer.body().startsWith("Expecting "), answer.body());
        assertTrue(http.ended(10_000));
      }
      try (var http = new RawHttp(port)) {
        http.send("GET", "/health", List.of(), new byte[0]);
        assertEquals(200, http.answer().status());
      }
    }
    assertTrue(cluster.masterProcess().alive());
    assertTrue(cluster.agentProcess(0).alive());
  }

  @Test
  void aClientThatLeavesInTheMiddleOfABodyHarmsNobody() throws IOException {
    for (var i = 0; i < 100; i++) {
      try (var http = new RawHttp(cluster.masterPort())) {
        http.sendBytes(POST + "Content-Length: 1000000\r\n\r\n" + " ".repeat(i * 1000));
      }
    }
    try (var http = new RawHttp(cluster.masterPort())) {
      http.sendBytes("GET /state HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      assertEquals(200, http.answer().status());
    }
  }

  @Test
  void neitherTheStreamNorTheSessionOfTheAgentIsCutForBeingQuiet() throws IOException {
    try (var quiet = new RawHttp(cluster.masterPort());
        var quieter = new RawHttp(cluster.masterPort())) {
      // Both are cut for their silence, the second one after a part of a head: sent at once, as
      // both
      // are as old as each other and cut together.
      quieter.sendBytes("GET /hea");
      assertTrue(quiet.ended(10_000));
      assertTrue(quieter.ended(10_000));
    }
    var offer = scheduler.awaitOffer();
    scheduler.launch(offer, List.of(Scheduler.task("quiet", "true", offer)));
    scheduler.awaitUpdate("quiet", "TASK_FINISHED");
    scheduler.teardown();
  }
}
