package io.proffer.api.recordio;

/** A stream that is not made of records, or of larger ones than its reader takes. */
public final class RecordFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  RecordFormatException(String message) {
    super(message);
  }
}
