package io.proffer.cli.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Optional;

/** Reads RecordIO: the length of a record in decimal digits, a newline, the record. */
final class Records {
  private static final int MAX_DIGITS = 10;

  /** A record is held whole; no event comes near this. */
  private static final int MAX_BYTES = 256 * 1024 * 1024;

  private final InputStream in;

  Records(InputStream in) {
    this.in = in;
  }

  /**
   * The next record; empty at the end of the stream.
   *
   * @throws ProtocolException if what came is no stream of records
   * @throws EOFException if the stream ends inside a record
   */
  Optional<byte[]> next() throws IOException {
    long length = 0;
    for (int digits = 0; ; digits++) {
      int b = in.read();
      if (b < 0 && digits == 0) {
        return Optional.empty();
      }
      if (b < 0) {
        throw new EOFException("The stream ended inside the length of a record");
      }
      if (b == '\n' && digits > 0) {
        break;
      }
      if (b < '0' || b > '9' || digits == MAX_DIGITS) {
        throw new ProtocolException("Expected the length of a record, but got byte " + b);
      }
      length = length * 10 + (b - '0');
    }
    if (length > MAX_BYTES) {
      throw new ProtocolException(
          "Expected a record of at most " + MAX_BYTES + " bytes, but got one of " + length);
    }
    var record = in.readNBytes((int) length);
    if (record.length < length) {
      throw new EOFException("The stream ended inside a record");
    }
    return Optional.of(record);
  }
}
