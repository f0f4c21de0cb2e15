package io.proffer.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.io.IOException;

/** How one value of a field (one element of a repeated one) looks in JSON. */
abstract class ValueFormat {
  /** What {@link #read} answers for a value that counts as unset. */
  static final Object UNSET = new Object();

  /** The field's name as error texts give it. */
  final String field;

  ValueFormat(String field) {
    this.field = field;
  }

  static ValueFormat of(FieldDescriptor field, Class<?> valueClass) {
    String name = field.getName();
    return switch (field.getType()) {
      case STRING -> new TextFormats.Text(name);
      case BYTES -> new TextFormats.Bytes(name);
      case BOOL -> new TextFormats.Bool(name);
      case ENUM -> new EnumFormat(field, valueClass);
      case INT32, SINT32, SFIXED32 -> new NumberFormats.Int32(name);
      case UINT32, FIXED32 -> new NumberFormats.Uint32(name);
      case INT64, SINT64, SFIXED64 -> new NumberFormats.Int64(name);
      case UINT64, FIXED64 -> new NumberFormats.Uint64(name);
      case DOUBLE -> new NumberFormats.Float64(name);
      case FLOAT -> new NumberFormats.Float32(name);
      case MESSAGE, GROUP -> new MessageFormat(name, valueClass);
    };
  }

  abstract void write(Object value, JsonGenerator out, int depth) throws IOException;

  /** Reads the value the parser stands on, and leaves the parser on its last token. */
  abstract Object read(JsonParser in, int depth) throws IOException, JsonFormatException;

  /** For a token this field cannot take. */
  final JsonFormatException unexpected(JsonParser in) {
    return unexpected(in, field);
  }

  static JsonFormatException unexpected(JsonParser in, String field) {
    String kind =
        switch (in.currentToken()) {
          case START_OBJECT -> "object";
          case START_ARRAY -> "array";
          case VALUE_STRING -> "string";
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number";
          case VALUE_TRUE, VALUE_FALSE -> "boolean";
          case VALUE_NULL -> "null";
          case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
              throw new IllegalStateException("not at a value: " + in.currentToken());
        };
    return JsonFormatException.unexpected(kind, field);
  }
}
