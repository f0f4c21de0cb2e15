package io.proffer.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.e2e.Cluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Requests that few clients send, byte by byte. */
@Timeout(60)
final class HttpLayerTest {
  private static final int LAST_WORD_MS = 500;
  private static Cluster cluster;

  @BeforeAll
  static void start() {
    if (Golden.directory().isPresent()) {
      cluster = Cluster.master("--hostname=127.0.0.1");
    }
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> exchanges() {
    return Golden.all("http-layer").stream()
        .map(
            golden ->
                DynamicTest.dynamicTest(
                    golden.id(), () -> Differences.check(golden, () -> check(golden))));
  }

  private static void check(Golden golden) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), cluster.masterPort())) {
      var request = golden.document().get("request_bytes").asText();
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      var expected = golden.document().get("response_bytes").asText();
      var answer = new StringBuilder();
      var closed = read(socket, normal(expected).length(), answer);
      assertEquals(normal(expected), normal(answer.toString()));
      assertEquals(golden.document().get("closed_by_server").asBoolean(), closed, "closed");
    }
  }

  /** Reads what comes, and a moment longer; whether the server closed then. */
  private static boolean read(Socket socket, int enough, StringBuilder answer) throws IOException {
    socket.setSoTimeout(10_000);
    try {
      while (true) {
        if (normal(answer.toString()).length() >= enough) {
          socket.setSoTimeout(LAST_WORD_MS);
        }
        var next = socket.getInputStream().read();
        if (next < 0) {
          return true;
        }
        answer.append((char) next);
      }
    } catch (SocketTimeoutException silent) {
      return false;
    }
  }

  private static String normal(String bytes) {
    return bytes.replaceAll("Date: [^\r]*", "Date: NOW");
  }
}
