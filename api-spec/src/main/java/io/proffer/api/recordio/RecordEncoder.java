package io.proffer.api.recordio;

import java.nio.charset.StandardCharsets;

/** Puts the length before a record. */
public final class RecordEncoder {
  private RecordEncoder() {}

  /** Length line and record in one piece, so that they can leave as one chunk. */
  public static byte[] encode(byte[] record) {
    byte[] line = lengthLine(record.length);
    byte[] framed = new byte[line.length + record.length];
    System.arraycopy(line, 0, framed, 0, line.length);
    System.arraycopy(record, 0, framed, line.length, record.length);
    return framed;
  }

  /** What stands before a record of so many bytes. */
  public static byte[] lengthLine(long length) {
    return (length + "\n").getBytes(StandardCharsets.US_ASCII);
  }
}
