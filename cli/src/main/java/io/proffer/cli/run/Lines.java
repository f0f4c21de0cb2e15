package io.proffer.cli.run;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * What of one output may be shown: with a prefix whole lines, each after the prefix; without one
 * every byte as it came. What is not shown yet is kept, at most {@link #LONGEST_LINE} of it.
 */
final class Lines {
  /** In bytes; a longer line is shown as several. */
  static final int LONGEST_LINE = 64 * 1024;

  private final byte[] prefix;
  private byte[] rest = {};

  Lines(byte[] prefix) {
    this.prefix = prefix.clone();
  }

  /** What is to be shown now that these bytes have come. */
  byte[] add(byte[] piece) {
    var all = new byte[rest.length + piece.length];
    System.arraycopy(rest, 0, all, 0, rest.length);
    System.arraycopy(piece, 0, all, rest.length, piece.length);
    var shown = new ByteArrayOutputStream(all.length);
    int end = prefix.length == 0 ? wholeCharacters(all, 0, all.length) : 0;
    if (prefix.length == 0) {
      shown.write(all, 0, end);
    } else {
      for (int next = lineEnd(all, end); next > end; next = lineEnd(all, end)) {
        line(shown, all, end, next);
        end = next;
      }
    }
    rest = Arrays.copyOfRange(all, end, all.length);
    return shown.toByteArray();
  }

  /** What is left when nothing more will come. */
  byte[] end() {
    var shown = new ByteArrayOutputStream(rest.length);
    if (prefix.length == 0) {
      shown.writeBytes(rest);
    } else if (rest.length > 0) {
      line(shown, rest, 0, rest.length);
    }
    rest = new byte[0];
    return shown.toByteArray();
  }

  private void line(ByteArrayOutputStream shown, byte[] bytes, int start, int end) {
    shown.writeBytes(prefix);
    shown.write(bytes, start, end - start);
    if (bytes[end - 1] != '\n') {
      shown.write('\n');
    }
  }

  /** Where the line that starts here ends, behind its newline; its start if that is not known. */
  private static int lineEnd(byte[] bytes, int start) {
    int most = Math.min(bytes.length, start + LONGEST_LINE);
    for (int i = start; i < most; i++) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return bytes.length - start > LONGEST_LINE ? wholeCharacters(bytes, start, most) : start;
  }

  /** The end, without a UTF-8 character whose last bytes are still missing. */
  private static int wholeCharacters(byte[] bytes, int from, int end) {
    int start = end - 1;
    while (start > from && end - start < 4 && (bytes[start] & 0xC0) == 0x80) {
      start--;
    }
    if (start < from) {
      return end;
    }
    int lead = bytes[start] & 0xFF;
    int needed = lead >= 0xF8 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return end - start < needed ? start : end;
  }
}
