package io.proffer.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.endpoint.MasterEndpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files as {@code /files/download} gives them, whole or a range (RFC 9110, section 14). */
@Timeout(30)
class FileAnswerTest {
  private static final String AS_FILE =
      """
      Date: D
      Content-Type: application/octet-stream
      Content-Disposition: attachment; filename=digits
      Proffer-File-Id: 7-f
      """;

  @TempDir Path directory;
  private Path file;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    file = Files.writeString(directory.resolve("digits"), "0123456789");
    server =
        new TestServer(HttpLimits.defaults(), Map.of(MasterEndpoints.STATE, this::answerTheFile));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void answerTheFile(Exchange exchange) {
    exchange.onWorker(
        () -> {
          try {
            exchange.answerFile("digits", "7-f", FileChannel.open(file));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void withoutARangeItIsTheWholeFile() throws IOException {
    assertEquals("HTTP/1.1 200 OK\n" + AS_FILE + "Content-Length: 10\n\n0123456789", ask(""));
  }

  @Test
  void aRangeIsAPiece() throws IOException {
    assertEquals(piece("3-5", 3, "345"), ask("Range: bytes=3-5\r\n"));
    assertEquals(piece("7-9", 3, "789"), ask("Range: bytes=7-\r\n"));
    assertEquals(piece("8-9", 2, "89"), ask("Range: bytes=8-99999\r\n"));
    assertEquals(piece("6-9", 4, "6789"), ask("Range: bytes=-4\r\n"));
    assertEquals(piece("0-9", 10, "0123456789"), ask("Range: bytes=-11\r\n"));
  }

  private static String piece(String range, int length, String body) {
    return "HTTP/1.1 206 Partial Content\n"
        + AS_FILE
        + "Content-Range: bytes %s/10\nContent-Length: %d\n\n%s".formatted(range, length, body);
  }

  @Test
  void aRangeBehindTheEndIsToldTheSize() throws IOException {
    var answer =
        """
        HTTP/1.1 416 Requested Range Not Satisfiable
        Date: D
        Content-Range: bytes */10
        Proffer-File-Id: 7-f
        Content-Length: 0

        """;
    assertEquals(answer, ask("Range: bytes=10-\r\n"));
    assertEquals(answer, ask("Range: bytes=-0\r\n"));
    Files.writeString(file, "");
    assertEquals(answer.replace("*/10", "*/0"), ask("Range: bytes=0-\r\n"));
  }

  @Test
  void rangesThatAreNotUnderstoodAreIgnored() throws IOException {
    var whole = ask("");
    assertEquals(whole, ask("Range: bytes=5-3\r\n"));
    assertEquals(whole, ask("Range: bytes=0-1,4-5\r\n"));
    assertEquals(whole, ask("Range: bytes=-\r\n"));
    assertEquals(whole, ask("Range: lines=1-2\r\n"));
    assertEquals(whole, ask("Range: bytes=99999999999999999999-\r\n"));
    assertEquals(whole, ask("Range: bytes=3-5\r\nIf-Range: \"tag\"\r\n"));
  }

  /** The answer, its carriage returns and its date left out. */
  private String ask(String header) throws IOException {
    try (var client = server.connect()) {
      var request = "GET /state HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + "\r\n";
      return client
          .send(request)
          .readAll()
          .replace("\r", "")
          .replaceFirst("Date: .*GMT", "Date: D")
          .replace("Connection: close\n", "")
          .replace("connection: close\n", "")
          .replace("content-length", "Content-Length");
    }
  }
}
