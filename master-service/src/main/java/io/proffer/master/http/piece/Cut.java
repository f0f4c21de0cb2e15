package io.proffer.master.http.piece;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * A piece without its first and last bytes.
 *
 * @param head how many are left out in front
 * @param tail and how many at the end
 */
record Cut(Piece whole, int head, int tail) implements Piece {
  @Override
  public byte[] bytes() {
    var bytes = whole.bytes();
    return Arrays.copyOfRange(bytes, head, bytes.length - tail);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    var bytes = whole.bytes();
    out.write(bytes, head, bytes.length - head - tail);
  }

  @Override
  public int size() {
    return whole.size() - head - tail;
  }

  @Override
  public boolean same(Piece other) {
    return other instanceof Cut(var its, var front, var end)
        && front == head
        && end == tail
        && whole.same(its);
  }
}
