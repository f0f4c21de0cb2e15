package io.proffer.master.http.piece;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Encodes one row after the other, on one thread. What that needs beside the bytes of a row is made
 * once for all of them: with 100,000 small rows it would be most of the garbage.
 *
 * @param <R> the rows
 */
interface Encoder<R> extends AutoCloseable {
  /** The bytes of the row, which are the caller's. */
  byte[] encode(R row);

  @Override
  default void close() {}

  /** Items of a repeated field. */
  static <R> Encoder<R> protobuf(int field, Function<R, ? extends Message> words) {
    return row -> {
      var message = words.apply(row);
      var bytes = new byte[CodedOutputStream.computeMessageSize(field, message)];
      var out = CodedOutputStream.newInstance(bytes);
      try {
        out.writeMessage(field, message);
        out.checkNoSpaceLeft();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return bytes;
    };
  }

  /** Items of a JSON array, with the comma before each. */
  static <R> Encoder<R> json(Form.Writer<R> writer) {
    return new Json<>(writer, ",");
  }

  /** Fields and the end of an object, as they go on after others: at least one. */
  static <R> Encoder<R> fields(Form.Writer<R> writer) {
    var objects =
        new Json<R>(
            (json, row) -> {
              json.writeStartObject();
              writer.write(json, row);
              json.writeEndObject();
            },
            "");
    return new Encoder<>() {
      @Override
      public byte[] encode(R row) {
        var bytes = objects.encode(row);
        bytes[0] = ',';
        return bytes;
      }

      @Override
      public void close() {
        objects.close();
      }
    };
  }

  /** With one generator and one buffer. */
  final class Json<R> implements Encoder<R> {
    private static final int EXPECTED_BYTES = 2048;

    private final Form.Writer<R> writer;
    private final byte[] before;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(EXPECTED_BYTES);
    private final JsonGenerator json;

    private Json(Form.Writer<R> writer, String before) {
      this.writer = writer;
      this.before = before.getBytes(StandardCharsets.US_ASCII);
      try {
        this.json = PlainJson.open(out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public byte[] encode(R row) {
      out.reset();
      out.writeBytes(before);
      try {
        writer.write(json, row);
        json.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return out.toByteArray();
    }

    @Override
    public void close() {
      try {
        json.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
