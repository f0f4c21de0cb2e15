package io.proffer.agent.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A piece of a file, as {@code /files/read} gives it.
 *
 * @param offset where it starts; the file's size when only that was asked for
 * @param data as text; bytes that are no UTF-8 are replaced
 */
public record FileSlice(long offset, String data) {
  /** The most that one read returns: 16 pages of 4 KiB. */
  public static final int MAX_BYTES = 16 * 4096;

  /**
   * Reads at most {@link #MAX_BYTES}.
   *
   * @param offset -1 to ask for the size alone
   * @param length in bytes; -1 for as much as there is
   */
  public static FileSlice read(Path file, long offset, long length) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      var size = channel.size();
      if (offset == -1) {
        return new FileSlice(size, "");
      }
      var wanted = length == -1 ? MAX_BYTES : (int) Math.min(length, MAX_BYTES);
      var buffer = ByteBuffer.allocate((int) Math.max(0, Math.min(wanted, size - offset)));
      var got = 0;
      while (buffer.hasRemaining() && got >= 0) {
        got = channel.read(buffer, offset + buffer.position());
      }
      var bytes = buffer.array();
      var end = wholeCharacters(bytes, buffer.position());
      return new FileSlice(offset, new String(bytes, 0, end, StandardCharsets.UTF_8));
    }
  }

  /** A slice must not end inside a character, or the reader's next offset would be wrong. */
  private static int wholeCharacters(byte[] bytes, int end) {
    var start = end - 1;
    while (start >= 0 && end - start < 4 && (bytes[start] & 0xC0) == 0x80) {
      start--;
    }
    if (start <= 0) {
      return end;
    }
    var lead = bytes[start] & 0xFF;
    var needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return end - start < needed ? start : end;
  }
}
