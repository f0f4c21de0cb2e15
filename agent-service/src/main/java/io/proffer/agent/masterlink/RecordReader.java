package io.proffer.agent.masterlink;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes RecordIO apart: {@code <decimal length>\n<bytes>}, however the chunks fall. */
final class RecordReader {
  private static final int LONGEST_LENGTH = 19;

  private final long maxRecordBytes;
  private Buffer rest = Buffer.buffer();

  RecordReader(long maxRecordBytes) {
    this.maxRecordBytes = maxRecordBytes;
  }

  /**
   * The records that are whole now.
   *
   * @throws IOException if this is no RecordIO, or a record is larger than allowed
   */
  List<byte[]> read(Buffer chunk) throws IOException {
    rest.appendBuffer(chunk);
    var records = new ArrayList<byte[]>();
    var at = 0;
    while (true) {
      var end = newline(at);
      if (end < 0) {
        break;
      }
      var length = length(rest.getString(at, end, StandardCharsets.ISO_8859_1.name()));
      if (rest.length() - end - 1 < length) {
        break;
      }
      records.add(rest.getBytes(end + 1, end + 1 + length));
      at = end + 1 + length;
    }
    if (at > 0) {
      rest = rest.getBuffer(at, rest.length());
    }
    return records;
  }

  private int newline(int from) throws IOException {
    for (var i = from; i < rest.length(); i++) {
      if (rest.getByte(i) == '\n') {
        return i;
      }
      if (i - from >= LONGEST_LENGTH) {
        throw new IOException("the master's stream is no RecordIO: expected a record's length");
      }
    }
    return -1;
  }

  private int length(String text) throws IOException {
    long length;
    try {
      length = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException("the master's stream is no RecordIO: '" + text + "' is no length", e);
    }
    if (length < 0 || length > maxRecordBytes) {
      throw new IOException(
          "the master sent a record of %d bytes; at most %d are accepted (--max_record_size)"
              .formatted(length, maxRecordBytes));
    }
    return (int) length;
  }
}
