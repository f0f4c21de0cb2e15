package io.proffer.api.http;

import java.util.Optional;
import java.util.regex.Pattern;

/** Which bytes of a file a {@code Range} header asks for (RFC 9110, section 14). */
sealed interface FilePart {
  /** All of it: no range was asked for, or none that is understood, which is then ignored. */
  record Whole() implements FilePart {}

  /** A piece; never empty. */
  record Piece(long offset, long length, long size) implements FilePart {
    /** The value of {@code Content-Range}. */
    String contentRange() {
      return "bytes " + offset + "-" + (offset + length - 1) + "/" + size;
    }
  }

  /** The file ends before the range begins. */
  record Beyond(long size) implements FilePart {
    /** The value of {@code Content-Range}. */
    String contentRange() {
      return "bytes */" + size;
    }
  }

  /** One range; a list of several may be ignored, and is. */
  Pattern FORM = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*", Pattern.CASE_INSENSITIVE);

  /** Reads the header for a file of a given size in bytes. */
  static FilePart of(Optional<String> header, long size) {
    var form = FORM.matcher(header.orElse(""));
    if (!form.matches()) {
      return new Whole();
    }
    var first = form.group(1);
    var last = form.group(2);
    if (first.isEmpty()) {
      return last.isEmpty() ? new Whole() : ending(Long.parseLong(last), size);
    }
    long offset = Long.parseLong(first);
    long end = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last);
    if (end < offset) {
      return new Whole();
    }
    return offset >= size
        ? new Beyond(size)
        : new Piece(offset, Math.min(end, size - 1) - offset + 1, size);
  }

  private static FilePart ending(long length, long size) {
    long part = Math.min(length, size);
    return part == 0 ? new Beyond(size) : new Piece(size - part, part, size);
  }
}
