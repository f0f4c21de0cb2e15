package io.proffer.api.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages as JSON text and back, by the rules of protocol/scheduler-api.md section 1 ("JSON
 * mapping"): field names as in the .proto files, enums by name, bytes as base64, integers of any
 * width as numbers, unset fields with an explicit default written, empty lists not (but see {@link
 * EmptyLists}).
 */
public final class JsonCodec {
  static final int MAX_NESTING = 1000;
  static final int MAX_NUMBER_LENGTH = 1000;
  static final int MAX_NAME_LENGTH = 50_000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .maxNameLength(MAX_NAME_LENGTH)
                  // The size of a body is limited where it is received.
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(MAX_NESTING).build())
          .build();

  private JsonCodec() {}

  /**
   * The message as UTF-8 text without a line end.
   *
   * @throws IllegalArgumentException if messages are nested deeper than 400 levels
   */
  public static byte[] encode(Message message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      write(message, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Writes the message as one JSON object where the generator stands, so that it can be part of a
   * larger document.
   *
   * @throws IllegalArgumentException if messages are nested deeper than 400 levels
   */
  public static void write(Message message, JsonGenerator out) throws IOException {
    MessageTable.of(message.getClass()).write(message, out, 1);
  }

  /**
   * Reads a whole body.
   *
   * @param prototype any message of the wanted type, usually its default instance
   * @throws JsonFormatException with the inner text of the 400 answer
   */
  public static <M extends Message> M decode(byte[] body, M prototype) throws JsonFormatException {
    var table = MessageTable.of(prototype.getClass());
    return whole(body, in -> readObject(in, prototype, table, 1));
  }

  /**
   * Reads a whole body that is an array of objects.
   *
   * @param prototype of each of them
   * @throws JsonFormatException with the inner text of the 400 answer
   */
  public static <M extends Message> List<M> decodeList(byte[] body, M prototype)
      throws JsonFormatException {
    var table = MessageTable.of(prototype.getClass());
    return whole(body, in -> readArray(in, prototype, table));
  }

  /** Reads what begins at the present token. */
  private interface Reading<T> {
    T from(JsonParser in) throws IOException, JsonFormatException;
  }

  private static <T> T whole(byte[] body, Reading<T> reading) throws JsonFormatException {
    Utf8.require(body);
    SyntaxErrors.requireNoWideCharacters(body);
    try (JsonParser in = JSON.createParser(body)) {
      try {
        return read(in, body, reading);
      } catch (IOException e) {
        throw SyntaxErrors.describe(e, body);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Closing a parser over bytes in memory", e);
    }
  }

  private static <T> T read(JsonParser in, byte[] body, Reading<T> reading)
      throws IOException, JsonFormatException {
    in.nextToken();
    T whole;
    try {
      whole = reading.from(in);
    } catch (JsonFormatException e) {
      // A body that is no JSON is told so first, whatever stood in the part before the mistake.
      SyntaxErrors.requireEnd(in, body);
      throw e;
    }
    SyntaxErrors.requireEnd(in, body);
    return whole;
  }

  private static <M extends Message> List<M> readArray(
      JsonParser in, M prototype, MessageTable table) throws IOException, JsonFormatException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw JsonFormatException.parse("Unexpected JSON type parsed");
    }
    var messages = new ArrayList<M>();
    while (in.nextToken() != JsonToken.END_ARRAY && in.currentToken() != null) {
      // The array is one level itself.
      messages.add(readObject(in, prototype, table, 2));
    }
    return messages;
  }

  private static <M extends Message> M readObject(
      JsonParser in, M prototype, MessageTable table, int level)
      throws IOException, JsonFormatException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw JsonFormatException.convert("Expecting a JSON object");
    }
    Message.Builder builder = prototype.newBuilderForType();
    table.readInto(builder, in, level);
    if (!builder.isInitialized()) {
      throw JsonFormatException.convert(
          "Missing required fields: " + builder.getInitializationErrorString());
    }
    @SuppressWarnings("unchecked")
    M message = (M) builder.buildPartial();
    return message;
  }
}
