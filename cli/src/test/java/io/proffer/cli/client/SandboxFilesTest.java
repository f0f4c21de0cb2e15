package io.proffer.cli.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SandboxFilesTest {
  private static final byte[] FILE = bytes(SandboxFiles.PAGE_BYTES + 1000);

  private HttpServer server;
  private final SandboxFiles files = new SandboxFiles();
  private URI agent;
  private int status = 206;
  private Optional<String> contentRange = Optional.empty();
  private byte[] body = {};
  private String asked = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/files/download", this::answer);
    server.start();
    agent = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked = exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Range");
    contentRange.ifPresent(range -> exchange.getResponseHeaders().set("Content-Range", range));
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private byte[] bytes(String path, long offset) throws ClientException {
    return files.read(agent, path, offset).orElseThrow().bytes();
  }

  @Test
  void aPageIsAskedForAsARangeOfBytes() throws ClientException {
    contentRange = Optional.of("bytes 5-7/8");
    body = new byte[] {0, -1, -61};
    assertArrayEquals(body, bytes("/a b/stdout", 5));
    assertEquals("/files/download?path=%2Fa+b%2Fstdout bytes=5-65540", asked);
  }

  @Test
  void aFileThatIsNotThereOrEndsHereHasNothing() throws ClientException {
    status = 404;
    assertEquals(Optional.empty(), files.read(agent, "/stdout", 0));
    status = 416;
    assertEquals(0, bytes("/stdout", 5).length);
  }

  @Test
  void anAgentWithoutRangesIsReadFromTheOffsetAllTheSame() throws ClientException {
    status = 200;
    body = FILE;
    assertArrayEquals(
        Arrays.copyOf(FILE, SandboxFiles.PAGE_BYTES), bytes("/stdout", 0), "a page at most");
    assertArrayEquals(Arrays.copyOfRange(FILE, 65_000, FILE.length), bytes("/stdout", 65_000));
    assertEquals(0, bytes("/stdout", FILE.length).length);
  }

  @Test
  void otherAnswersAreToldWithTheirWords() {
    status = 500;
    body = new byte[] {'n', 'o'};
    var failure = assertThrows(ClientException.class, () -> files.read(agent, "/stdout", 0));
    assertTrue(failure.getMessage().endsWith(" answered 500: no"), failure.getMessage());
  }

  @Test
  void bytesFromElsewhereAreRefused() {
    contentRange = Optional.of("bytes 0-2/8");
    body = new byte[] {1, 2, 3};
    assertThrows(ClientException.class, () -> files.read(agent, "/stdout", 5));
  }

  private static byte[] bytes(int length) {
    var bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ((i * 31) >> 3);
    }
    return bytes;
  }
}
