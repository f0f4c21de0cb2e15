package io.proffer.e2e;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** HTTP by hand: what is sent is exactly what was recorded, and nothing is repaired on the way. */
public final class RawHttp implements AutoCloseable {

  /**
   * An answer. Header names in lower case; records where the body is a stream.
   *
   * @param raw the body, a character for each of its bytes
   */
  public record Answer(
      int status, List<String> headerOrder, Map<String, String> headers, String raw) {

    /** The body as it came. */
    public byte[] bytes() {
      return raw.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The body as text. */
    public String body() {
      return new String(bytes(), StandardCharsets.UTF_8);
    }
  }

  private final Socket socket;
  private final InputStream in;

  /** A HEAD has the length of a body that does not come. */
  private boolean bodiless;

  public RawHttp(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(15_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  public void send(String method, String path, List<String> headers, byte[] body)
      throws IOException {
    bodiless = method.equals("HEAD");
    var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    for (var line : headers) {
      head.append(line).append("\r\n");
    }
    if (body.length > 0 || method.equals("POST")) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    var out = new ByteArrayOutputStream();
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    out.write(body);
    socket.getOutputStream().write(out.toByteArray());
    socket.getOutputStream().flush();
  }

  /** Sends what may be no request at all. */
  public void sendBytes(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /** Reads status and headers, and the body when it has a length. */
  public Answer answer() throws IOException {
    var status = Integer.parseInt(line().substring(9, 12));
    var order = new ArrayList<String>();
    var headers = new LinkedHashMap<String, String>();
    for (var line = line(); !line.isEmpty(); line = line()) {
      var colon = line.indexOf(':');
      order.add(line.substring(0, colon));
      headers.put(
          line.substring(0, colon).toLowerCase(java.util.Locale.ROOT),
          line.substring(colon + 1).trim());
    }
    var length = headers.get("content-length");
    var body =
        length == null || bodiless
            ? ""
            : new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.ISO_8859_1);
    return new Answer(status, order, headers, body);
  }

  /**
   * The next record of a stream, which must be one chunk; null at the end of the stream or when
   * nothing comes within the limit.
   */
  public String record(int limitMs) throws IOException {
    var bytes = recordBytes(limitMs);
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  /** The same as it is. */
  public byte[] recordBytes(int limitMs) throws IOException {
    socket.setSoTimeout(limitMs);
    String size;
    try {
      size = line();
    } catch (SocketTimeoutException e) {
      return null;
    }
    if (size.isEmpty() || size.equals("0")) {
      return null;
    }
    var chunk = in.readNBytes(Integer.parseInt(size, 16));
    line();
    // One byte a character, so that binary records keep their length.
    var text = new String(chunk, StandardCharsets.ISO_8859_1);
    var newline = text.indexOf('\n');
    if (chunk.length - newline - 1 != Integer.parseInt(text.substring(0, newline))) {
      throw new AssertionError("a chunk is not one record: " + text);
    }
    return Arrays.copyOfRange(chunk, newline + 1, chunk.length);
  }

  /** True when the peer has closed the connection or ended the stream. */
  public boolean ended(int limitMs) throws IOException {
    socket.setSoTimeout(limitMs);
    try {
      var line = line();
      return line.isEmpty() || line.equals("0");
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private String line() throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (var c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return "";
      }
      if (c != '\r') {
        bytes.write(c);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
