package io.proffer.master.http.piece;

/** A row that is encoded when it is written: nothing keeps its bytes. */
record Later<R>(Form<R> form, R row) implements Piece {
  /** Whether its row says more than itself, so that no shelf keeps it. */
  boolean isPassing() {
    return !form.kept();
  }

  @Override
  public byte[] bytes() {
    return form.encode(row);
  }

  @Override
  public boolean same(Piece other) {
    return false;
  }
}
