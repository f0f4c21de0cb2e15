package io.proffer.master.http.piece;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Message;
import java.io.IOException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A way to encode rows of one kind, as an item of a list. In JSON the comma before it is a part of
 * the item, and in protobuf its tag and length: so items stand one after the other as they are.
 *
 * @param <R> rows that never change: the same object always has the same bytes
 */
public final class Form<R> {
  /** Writes a row. */
  @FunctionalInterface
  public interface Writer<R> {
    void write(JsonGenerator json, R row) throws IOException;
  }

  private final Supplier<Encoder<R>> encoders;
  private final boolean kept;

  private Form(boolean kept, Supplier<Encoder<R>> encoders) {
    this.encoders = encoders;
    this.kept = kept;
  }

  /** An item of a JSON array. */
  public static <R> Form<R> json(Writer<R> writer) {
    return new Form<>(true, () -> Encoder.json(writer));
  }

  /** An item of a repeated field. */
  public static <R> Form<R> protobuf(int field, Function<R, ? extends Message> words) {
    return new Form<>(true, () -> Encoder.protobuf(field, words));
  }

  /** The same, of rows whose bytes say more than the row itself: never kept. */
  public Form<R> passing() {
    return new Form<>(false, encoders);
  }

  /** Whether the bytes of a row may be kept. */
  boolean kept() {
    return kept;
  }

  /** For many rows. */
  Encoder<R> encoder() {
    return encoders.get();
  }

  /** Of one row. */
  byte[] encode(R row) {
    try (var encoder = encoder()) {
      return encoder.encode(row);
    }
  }
}
