package io.proffer.master.http.piece;

import java.io.IOException;
import java.io.OutputStream;

/** A part of a document: its bytes, or what will be bytes when it is written. */
public sealed interface Piece permits Fragment, Later, Cut {
  /** Its bytes, made anew by each call where nobody keeps them. */
  byte[] bytes();

  /** Writes all of it. */
  default void writeTo(OutputStream out) throws IOException {
    out.write(bytes());
  }

  /** How many bytes it has; those of a later piece are made to be counted. */
  default int size() {
    return bytes().length;
  }

  /**
   * Whether the other is certainly the same. Two later pieces never are: to know, both would have
   * to be made.
   */
  boolean same(Piece other);
}
