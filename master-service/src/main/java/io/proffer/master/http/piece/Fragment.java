package io.proffer.master.http.piece;

import java.util.Arrays;

/** Bytes that stay. Nobody changes them, so any number of documents and readers share them. */
final class Fragment implements Piece {
  /** Up to here two are compared; beyond it is quicker to do the work again. */
  private static final int COMPARED_BYTES = 4096;

  private final byte[] bytes;

  /** When it was asked for last, alone or in an edition, in monotonic nanoseconds. */
  private volatile long usedNanos;

  private final boolean onShelf;

  private Fragment(byte[] bytes, boolean onShelf) {
    this.bytes = bytes;
    this.onShelf = onShelf;
  }

  /** A row, which a shelf keeps and counts. */
  static Fragment row(byte[] bytes) {
    return new Fragment(bytes, true);
  }

  /** What stands between rows, of one document. */
  static Fragment text(byte[] bytes) {
    return new Fragment(bytes, false);
  }

  boolean isOnShelf() {
    return onShelf;
  }

  @Override
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean same(Piece other) {
    return this == other
        || (other instanceof Fragment that
            && bytes.length <= COMPARED_BYTES
            && Arrays.equals(bytes, that.bytes));
  }

  long usedNanos() {
    return usedNanos;
  }

  void use(long nowNanos) {
    usedNanos = nowNanos;
  }
}
