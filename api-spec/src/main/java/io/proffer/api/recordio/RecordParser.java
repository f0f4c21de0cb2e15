package io.proffer.api.recordio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes a stream of records apart, however its bytes are cut into pieces. Not for several threads.
 *
 * <p>After an exception the place in the stream is lost: every further call throws the same words.
 */
public final class RecordParser {
  /** More than any record needs, and any number of so many digits fits into a long. */
  private static final int MAX_DIGITS = 18;

  private static final int FIRST_CAPACITY = 8 * 1024;

  private final int maxRecordBytes;
  private final StringBuilder digits = new StringBuilder(MAX_DIGITS);

  /** The record under way, or null while a length is read. */
  private byte[] record;

  private int filled;
  private int length;
  private String broken;

  /**
   * A parser at the beginning of a stream.
   *
   * @param maxRecordBytes the largest record that is taken
   */
  public RecordParser(int maxRecordBytes) {
    if (maxRecordBytes < 0) {
      throw new IllegalArgumentException("negative record size: " + maxRecordBytes);
    }
    this.maxRecordBytes = maxRecordBytes;
  }

  /** {@link #read(byte[], int, int)} for a whole array. */
  public List<byte[]> read(byte[] bytes) throws RecordFormatException {
    return read(bytes, 0, bytes.length);
  }

  /**
   * The records that this piece completes, in order; empty when it completes none.
   *
   * @throws RecordFormatException if a length is not a decimal number, or larger than allowed; the
   *     records before it in the same piece are lost too
   */
  public List<byte[]> read(byte[] bytes, int from, int to) throws RecordFormatException {
    requireSound();
    List<byte[]> complete = new ArrayList<>();
    int at = from;
    while (at < to) {
      if (record == null) {
        at = readLength(bytes, at, to);
      } else {
        at = readRecord(bytes, at, to);
      }
      if (record != null && filled == length) {
        complete.add(record.length == length ? record : Arrays.copyOf(record, length));
        record = null;
      }
    }
    return complete;
  }

  /**
   * To be called when the stream is over.
   *
   * @throws RecordFormatException if it ended inside a record
   */
  public void end() throws RecordFormatException {
    requireSound();
    if (record != null) {
      throw broken(
          "The stream ended inside a record: expected " + length + " bytes, got " + filled);
    }
    if (!digits.isEmpty()) {
      throw broken("The stream ended inside the length of a record, after '" + digits + "'");
    }
  }

  private int readLength(byte[] bytes, int from, int to) throws RecordFormatException {
    for (int at = from; at < to; at++) {
      byte b = bytes[at];
      if (b == '\n' && !digits.isEmpty()) {
        begin();
        return at + 1;
      }
      if (b < '0' || b > '9') {
        throw broken(
            "Expected the length of a record in decimal digits and a newline, got "
                + describe(b)
                + (digits.isEmpty() ? "" : " after '" + digits + "'"));
      }
      if (digits.length() == MAX_DIGITS) {
        throw broken(
            "Expected the length of a record in at most "
                + MAX_DIGITS
                + " digits, got more: '"
                + digits
                + "...'");
      }
      digits.append((char) b);
    }
    return to;
  }

  private void begin() throws RecordFormatException {
    long announced = Long.parseLong(digits, 0, digits.length(), 10);
    if (announced > maxRecordBytes) {
      throw broken(
          "Expected a record of at most " + maxRecordBytes + " bytes, got one of " + announced);
    }
    digits.setLength(0);
    length = (int) announced;
    filled = 0;
    record = new byte[Math.min(length, FIRST_CAPACITY)];
  }

  private int readRecord(byte[] bytes, int from, int to) {
    int count = Math.min(to - from, length - filled);
    if (filled + count > record.length) {
      int doubled = (int) Math.min(2L * record.length, length);
      record = Arrays.copyOf(record, Math.max(doubled, filled + count));
    }
    System.arraycopy(bytes, from, record, filled, count);
    filled += count;
    return from + count;
  }

  private void requireSound() throws RecordFormatException {
    if (broken != null) {
      throw new RecordFormatException(broken);
    }
  }

  private RecordFormatException broken(String message) {
    broken = message;
    record = null;
    return new RecordFormatException(message);
  }

  private static String describe(byte b) {
    return b > ' ' && b < 0x7f ? "'" + (char) b + "'" : "byte 0x%02x".formatted(b);
  }
}
