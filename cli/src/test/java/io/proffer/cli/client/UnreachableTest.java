package io.proffer.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Why there is no answer is told, each reason in words of its own. */
@Timeout(30)
class UnreachableTest {
  private final Http http = new Http(Duration.ofSeconds(1), Identity.NOBODY);

  private ClientException failure(String authority) {
    var uri = URI.create("http://" + authority + "/api/v1");
    return assertThrows(
        ClientException.class, () -> http.post(uri, Http.JSON.createObjectNode(), ""));
  }

  @Test
  void aPortWhereNobodyListens() {
    var failure = failure("127.0.0.1:1");
    assertEquals("Nothing listens at 127.0.0.1:1.", failure.getMessage());
    assertTrue(failure.isNobodyThere());
    assertTrue(failure.temporary());
  }

  @Test
  void aHostThatIsUnknown() {
    var failure = failure("no-such-host.invalid:5050");
    assertEquals(
        "The host 'no-such-host.invalid' is unknown: look at its spelling, or give its address.",
        failure.getMessage());
    assertFalse(failure.isNobodyThere());
  }

  @Test
  void anAnswerThatDoesNotCome() throws IOException {
    try (var silent = listen()) {
      var place = "127.0.0.1:" + silent.getLocalPort();
      assertEquals(place + " did not answer within 1 seconds.", failure(place).getMessage());
    }
  }

  @Test
  void whatMayHaveBeenCarriedOutIsNotTakenForWhatWasNot() throws Exception {
    var said = failureAfter("X-Proffer-Outcome: unknown\r\n");
    assertTrue(said.getMessage().contains("answered 503: why"), said.getMessage());
    assertFalse(said.isUntaken());
    assertTrue(failureAfter("Retry-After: 1\r\n").isUntaken());
  }

  private ClientException failureAfter(String header) throws Exception {
    try (var other = listen()) {
      var server =
          Thread.startVirtualThread(
              () -> {
                try (var connection = other.accept()) {
                  assertTrue(connection.getInputStream().read(new byte[4096]) > 0);
                  var answer =
                      "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 3\r\n%s\r\nwhy"
                          .formatted(header)
                          .getBytes(StandardCharsets.US_ASCII);
                  connection.getOutputStream().write(answer);
                } catch (IOException closed) {
                  // The client has seen enough.
                }
              });
      var failure = failure("127.0.0.1:" + other.getLocalPort());
      server.join();
      return failure;
    }
  }

  @Test
  void somethingElseThanHttp() throws Exception {
    try (var other = listen()) {
      var place = "127.0.0.1:" + other.getLocalPort();
      var server =
          Thread.startVirtualThread(
              () -> {
                try (var connection = other.accept()) {
                  assertTrue(connection.getInputStream().read(new byte[4096]) > 0);
                  var greeting = "SSH-2.0-OpenSSH_9.6\r\n".getBytes(StandardCharsets.US_ASCII);
                  connection.getOutputStream().write(greeting);
                } catch (IOException closed) {
                  // The client has seen enough.
                }
              });
      var failure = failure(place);
      assertTrue(
          failure.getMessage().startsWith("What listens at " + place + " does not speak HTTP"),
          failure.getMessage());
      assertFalse(failure.temporary());
      server.join();
    }
  }

  @Test
  void aServerThatIsNoMaster() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    try {
      var message = failure("127.0.0.1:" + server.getAddress().getPort()).getMessage();
      assertTrue(message.endsWith("Is this the address of a master?"), message);
    } finally {
      server.stop(0);
    }
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }
}
