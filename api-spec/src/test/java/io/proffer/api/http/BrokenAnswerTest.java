package io.proffer.api.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.endpoint.MasterEndpoints;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A document that cannot be written to its end must not look as if it were whole. */
class BrokenAnswerTest {
  private static final int BEGUN_BYTES = 3_000_000;
  private static final String LAST_CHUNK = "\r\n0\r\n\r\n";

  /** Breaks off after so much, plain or packed; or is whole. */
  private record Body(boolean breaks) implements Exchange.PackedBody {
    @Override
    public boolean isLong() {
      return true;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      var row = new byte[1000];
      for (var written = 0; written < BEGUN_BYTES; written += row.length) {
        out.write(row);
      }
      if (breaks) {
        throw new IOException("a row has no words");
      }
    }

    @Override
    public void writePacked(OutputStream out) throws IOException {
      writeTo(out);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Accept-Encoding: gzip\r\n"})
  void hasNoLastChunk(String header) throws IOException {
    var answer = answer(header, true);
    assertTrue(answer.length() > BEGUN_BYTES / 10, "only " + answer.length() + " came");
    assertFalse(answer.endsWith(LAST_CHUNK));
  }

  @Test
  void aWholeOneHas() throws IOException {
    assertTrue(answer("Accept-Encoding: gzip\r\n", false).endsWith(LAST_CHUNK));
    assertTrue(answer("", false).endsWith(LAST_CHUNK));
  }

  private static String answer(String header, boolean breaks) throws IOException {
    try (var server =
            new TestServer(
                HttpLimits.defaults(),
                Map.of(
                    MasterEndpoints.STATE,
                    exchange -> exchange.answerJson("\"1\"", new Body(breaks))));
        var client = server.connect()) {
      client.send("GET /state HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + header + "\r\n");
      return client.readAll();
    }
  }
}
