package io.proffer.cli.bench.read;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * One GET on a connection of its own, its answer read to the end and thrown away: so that what is
 * measured is the master, and as little as possible of a client.
 *
 * @param status of the answer
 * @param bytes of its head and body as they came
 * @param seconds from the connection to the end
 * @param tag the entity tag it had
 */
public record Get(int status, long bytes, double seconds, Optional<String> tag) {
  private static final int BUFFER_BYTES = 256 * 1024;

  /**
   * Asks.
   *
   * @param packed whether gzip is welcome
   * @param known the tag of what is known
   * @throws IOException when there is no whole answer in time
   */
  public static Get of(
      InetSocketAddress master, String path, boolean packed, Optional<String> known, Duration limit)
      throws IOException {
    var request =
        "GET %s HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n%s%s\r\n"
            .formatted(
                path,
                master.getHostString(),
                master.getPort(),
                packed ? "Accept-Encoding: gzip\r\n" : "",
                known.map(tag -> "If-None-Match: " + tag + "\r\n").orElse(""));
    var start = System.nanoTime();
    try (var socket = new Socket()) {
      socket.setSoTimeout((int) limit.toMillis());
      socket.connect(master, (int) limit.toMillis());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      var in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
      var head = head(in);
      var status = Integer.parseInt(head.split(" ", 3)[1]);
      var body = Body.drained(in);
      if (status != 304 && !body.isWhole(header(head, "content-length"))) {
        throw new IOException("the answer ends after %d bytes of its body".formatted(body.bytes()));
      }
      return new Get(
          status,
          head.length() + body.bytes(),
          (System.nanoTime() - start) / 1e9,
          header(head, "etag"));
    }
  }

  private static String head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
      var next = in.read();
      if (next < 0) {
        throw new IOException("the answer ends in its head");
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.UTF_8);
  }

  /** What came after the head: how much, and how it ended. */
  private record Body(long bytes, String end) {
    private static final String LAST_CHUNK = "0\r\n\r\n";

    static Body drained(InputStream in) throws IOException {
      var buffer = new byte[BUFFER_BYTES];
      var all = 0L;
      var end = "";
      for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        all += count;
        var last = Math.min(count, LAST_CHUNK.length());
        end += new String(buffer, count - last, last, StandardCharsets.ISO_8859_1);
        end = end.substring(Math.max(0, end.length() - LAST_CHUNK.length()));
      }
      return new Body(all, end);
    }

    boolean isWhole(Optional<String> length) {
      return length.isPresent() ? length.get().equals("" + bytes) : end.equals(LAST_CHUNK);
    }
  }

  private static Optional<String> header(String head, String name) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }
}
