package io.proffer.master.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An answer that is a stream, read record by record; one HTTP chunk each. */
final class Stream implements AutoCloseable {
  private static final int NARROW_BYTES = 64 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final String head;

  private Stream(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.head = readHead();
  }

  /** Sends a call and reads the head of its answer. */
  static Stream open(int port, String path, String headers, byte[] body) throws IOException {
    return open(new Socket(), port, path, headers, body);
  }

  /** The same, of one that takes little before somebody reads. */
  static Stream openNarrow(int port, String path, String headers, byte[] body) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(NARROW_BYTES);
    return open(socket, port, path, headers, body);
  }

  private static Stream open(Socket socket, int port, String path, String headers, byte[] body)
      throws IOException {
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(20_000);
    var request = "POST " + path + " HTTP/1.1\r\n" + headers + "Content-Length: " + body.length;
    var out = socket.getOutputStream();
    out.write((request + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    out.write(body);
    out.flush();
    return new Stream(socket);
  }

  /** Status line and headers. */
  String head() {
    return head;
  }

  /** The value of a header; fails when it is not there. */
  String header(String name) {
    var line =
        Arrays.stream(head.split("\r\n", -1))
            .filter(one -> one.startsWith(name + ": "))
            .findFirst()
            .orElseThrow();
    return line.substring(name.length() + 2);
  }

  /** The next record, or null at the end of the stream. */
  byte[] next() throws IOException {
    var size = Integer.parseInt(line("\r\n"), 16);
    if (size == 0) {
      return null;
    }
    var chunk = in.readNBytes(size + 2);
    var newline = 0;
    while (chunk[newline] != '\n') {
      newline++;
    }
    var length = Integer.parseInt(new String(chunk, 0, newline, StandardCharsets.US_ASCII));
    if (newline + 1 + length != size) {
      throw new IOException("a chunk of " + size + " bytes holds a record of " + length);
    }
    return Arrays.copyOfRange(chunk, newline + 1, size);
  }

  String nextText() throws IOException {
    var record = next();
    return record == null ? null : new String(record, StandardCharsets.UTF_8);
  }

  /** So many bytes of it, records or not. */
  byte[] bytes(int count) throws IOException {
    return in.readNBytes(count);
  }

  /**
   * How many bytes come before the connection ends.
   *
   * @throws SocketTimeoutException when it does not
   */
  long untilItEnds() throws IOException {
    var piece = new byte[1 << 16];
    var all = 0L;
    try {
      for (var count = in.read(piece); count >= 0; count = in.read(piece)) {
        all += count;
      }
    } catch (SocketException reset) {
      return all;
    }
    return all;
  }

  /** The rest of an answer that is no stream. */
  String body() throws IOException {
    var length = Integer.parseInt(header("Content-Length"));
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private String readHead() throws IOException {
    var head = new StringBuilder();
    while (true) {
      var line = line("\r\n");
      if (line.isEmpty()) {
        return head.toString();
      }
      head.append(line).append("\r\n");
    }
  }

  private String line(String end) throws IOException {
    var line = new ByteArrayOutputStream();
    while (!line.toString(StandardCharsets.UTF_8).endsWith(end)) {
      var b = in.read();
      if (b < 0) {
        throw new IOException("the stream ended without its last chunk");
      }
      line.write(b);
    }
    var text = line.toString(StandardCharsets.UTF_8);
    return text.substring(0, text.length() - end.length());
  }
}
