package io.proffer.api.http;

import java.io.OutputStream;

/** Counts and forgets. */
final class CountingOutput extends OutputStream {
  private long count;

  /** How many bytes were written. */
  long count() {
    return count;
  }

  @Override
  public void write(int b) {
    count++;
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    count += length;
  }
}
