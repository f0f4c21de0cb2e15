package io.proffer.cli.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads RecordIO: the length of a record in decimal digits, a newline, the record. */
final class Records {
  private static final int MAX_DIGITS = 10;

  private final InputStream in;

  Records(InputStream in) {
    this.in = in;
  }

  /** The next record; empty at the end of the stream. Throws if it ends inside a record. */
  Optional<byte[]> next() throws IOException {
    long length = 0;
    for (int digits = 0; ; digits++) {
      int b = in.read();
      if (b < 0 && digits == 0) {
        return Optional.empty();
      }
      if (b == '\n' && digits > 0) {
        break;
      }
      if (b < '0' || b > '9' || digits == MAX_DIGITS) {
        throw new IOException("Expected the length of a record, but got byte " + b);
      }
      length = length * 10 + (b - '0');
    }
    var record = in.readNBytes(Math.toIntExact(length));
    if (record.length < length) {
      throw new EOFException("The stream ended inside a record");
    }
    return Optional.of(record);
  }
}
