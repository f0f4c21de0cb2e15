package io.proffer.api.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * A piece of a file, as {@code /files/read} and READ_FILE give it.
 *
 * @param size of the whole file, in bytes
 * @param bytes the piece; its own, nobody else's
 */
public record FileSlice(long size, ByteBuffer bytes) {
  /** The most that one read returns: 16 pages of 4 KiB. */
  public static final int MAX_BYTES = 16 * 4096;

  /**
   * Reads at most {@link #MAX_BYTES}.
   *
   * @param length in bytes; -1 for as much as there is
   */
  public static FileSlice read(FileChannel file, long offset, long length) throws IOException {
    var size = file.size();
    var wanted = length == -1 ? MAX_BYTES : (int) Math.min(length, MAX_BYTES);
    var buffer = ByteBuffer.allocate((int) Math.max(0, Math.min(wanted, size - offset)));
    var got = 0;
    while (buffer.hasRemaining() && got >= 0) {
      got = file.read(buffer, offset + buffer.position());
    }
    return new FileSlice(size, buffer.flip());
  }

  /** As text, less a character that it ends in the midst of; bytes that are no UTF-8 replaced. */
  public String text() {
    var array = new byte[bytes.remaining()];
    bytes.duplicate().get(array);
    return new String(array, 0, wholeCharacters(array, array.length), StandardCharsets.UTF_8);
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
