package io.proffer.master.http.piece;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.api.json.JsonNumbers;
import java.io.IOException;
import java.io.OutputStream;

/** Opens generators for answers that are not one message. */
public final class PlainJson {
  /** Rows that follow each other in one generator bring what stands between them. */
  private static final JsonFactory JSON = new JsonFactory().setRootValueSeparator(null);

  private PlainJson() {}

  /** What writes a document. */
  @FunctionalInterface
  public interface Writer {
    void write(JsonGenerator out) throws IOException;
  }

  /** Writes the document to a stream that stays open, and is not flushed in between. */
  public static void write(OutputStream out, Writer writer) throws IOException {
    try (var json = open(out)) {
      writer.write(json);
    }
  }

  /**
   * A generator, for several documents one after the other; what it wrote is there once flushed.
   */
  static JsonGenerator open(OutputStream out) throws IOException {
    return JSON.createGenerator(out)
        .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
        .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
  }

  /** A field that is a double, always with a fraction. */
  public static void number(JsonGenerator out, String name, double value) throws IOException {
    JsonNumbers.writeField(name, value, out);
  }
}
