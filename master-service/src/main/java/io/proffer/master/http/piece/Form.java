package io.proffer.master.http.piece;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;

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

  private final Function<R, byte[]> encoder;
  private final boolean kept;

  private Form(boolean kept, Function<R, byte[]> encoder) {
    this.encoder = encoder;
    this.kept = kept;
  }

  /** An item of a JSON array. */
  public static <R> Form<R> json(Writer<R> writer) {
    return new Form<>(true, row -> item(json -> writer.write(json, row)));
  }

  /** An item of a repeated field. */
  public static <R> Form<R> protobuf(int field, Function<R, ? extends Message> words) {
    return new Form<>(true, row -> item(field, words.apply(row)));
  }

  /** The same, of rows whose bytes say more than the row itself: never kept. */
  public Form<R> passing() {
    return new Form<>(false, encoder);
  }

  /** Whether the bytes of a row may be kept. */
  boolean kept() {
    return kept;
  }

  byte[] encode(R row) {
    return encoder.apply(row);
  }

  private static byte[] item(PlainJson.Writer writer) {
    var out = new ByteArrayOutputStream(512);
    out.write(',');
    try {
      PlainJson.write(out, writer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] item(int field, Message message) {
    var bytes = new byte[CodedOutputStream.computeMessageSize(field, message)];
    var out = CodedOutputStream.newInstance(bytes);
    try {
      out.writeMessage(field, message);
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes;
  }
}
