package io.proffer.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One field of a message type: its name ready to write, its accessor, its format. */
abstract sealed class FieldTable {
  final FieldDescriptor descriptor;
  final SerializedString name;
  final Accessor accessor;

  private FieldTable(FieldDescriptor descriptor, Accessor accessor) {
    this.descriptor = descriptor;
    this.name = new SerializedString(descriptor.getName());
    this.accessor = accessor;
  }

  static FieldTable of(Class<?> message, Class<?> builder, FieldDescriptor field) {
    Accessor accessor = Accessor.of(message, builder, field);
    if (field.isMapField()) {
      return new StringMap(field, accessor, builder);
    }
    return field.isRepeated() ? new Repeated(field, accessor) : new Singular(field, accessor);
  }

  /** Writes name and value, or nothing when the field is unset. */
  abstract void write(Message message, JsonGenerator out, int depth) throws IOException;

  /** Reads the value the parser stands on into the builder. */
  abstract void read(JsonParser in, Message.Builder builder, int depth)
      throws IOException, JsonFormatException;

  static final class Singular extends FieldTable {
    private final ValueFormat format;
    private final boolean written;

    Singular(FieldDescriptor field, Accessor accessor) {
      super(field, accessor);
      format = ValueFormat.of(field, accessor.valueClass());
      written = field.hasDefaultValue() && !field.getOptions().getDeprecated();
    }

    @Override
    void write(Message message, JsonGenerator out, int depth) throws IOException {
      if (written || accessor.has(message)) {
        out.writeFieldName(name);
        format.write(accessor.get(message), out, depth);
      }
    }

    @Override
    void read(JsonParser in, Message.Builder builder, int depth)
        throws IOException, JsonFormatException {
      Object value = format.read(in, depth);
      if (value != ValueFormat.UNSET) {
        accessor.put(builder, value);
      }
    }
  }

  static final class Repeated extends FieldTable {
    private final ValueFormat format;
    private final boolean written;

    Repeated(FieldDescriptor field, Accessor accessor) {
      super(field, accessor);
      format = ValueFormat.of(field, accessor.valueClass());
      written = EmptyLists.printed(field.getContainingType().getFullName(), field.getName());
    }

    @Override
    void write(Message message, JsonGenerator out, int depth) throws IOException {
      if (!written && accessor.count(message) == 0) {
        return;
      }
      out.writeFieldName(name);
      out.writeStartArray();
      List<?> elements = (List<?>) accessor.get(message);
      for (int i = 0; i < elements.size(); i++) {
        format.write(elements.get(i), out, depth);
      }
      out.writeEndArray();
    }

    /** A single value in the place of an array is an array of one. */
    @Override
    void read(JsonParser in, Message.Builder builder, int depth)
        throws IOException, JsonFormatException {
      if (in.currentToken() != JsonToken.START_ARRAY) {
        add(in, builder, depth);
        return;
      }
      while (in.nextToken() != JsonToken.END_ARRAY) {
        add(in, builder, depth);
      }
    }

    private void add(JsonParser in, Message.Builder builder, int depth)
        throws IOException, JsonFormatException {
      Object value = format.read(in, depth);
      if (value != ValueFormat.UNSET) {
        accessor.put(builder, value);
      }
    }
  }

  /** Every map of the protocol is keyed by strings. */
  static final class StringMap extends FieldTable {
    private final ValueFormat format;

    StringMap(FieldDescriptor field, Accessor accessor, Class<?> builder) {
      super(field, accessor);
      FieldDescriptor value = field.getMessageType().findFieldByName("value");
      if (field.getMessageType().findFieldByName("key").getType() != FieldDescriptor.Type.STRING) {
        throw new IllegalStateException("Map not keyed by strings: " + field.getFullName());
      }
      format = ValueFormat.of(value, Accessor.mapValueClass(builder, field));
    }

    @Override
    void write(Message message, JsonGenerator out, int depth) throws IOException {
      if (accessor.count(message) == 0) {
        return;
      }
      out.writeFieldName(name);
      out.writeStartObject();
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) accessor.get(message)).entrySet()) {
        out.writeFieldName((String) entry.getKey());
        format.write(entry.getValue(), out, depth);
      }
      out.writeEndObject();
    }

    /** One object, or an array of objects that are put together. */
    @Override
    void read(JsonParser in, Message.Builder builder, int depth)
        throws IOException, JsonFormatException {
      Map<String, Object> entries = new LinkedHashMap<>();
      if (in.currentToken() == JsonToken.START_ARRAY) {
        while (in.nextToken() != JsonToken.END_ARRAY) {
          entries(in, entries, depth);
        }
      } else {
        entries(in, entries, depth);
      }
      accessor.put(builder, entries);
    }

    private void entries(JsonParser in, Map<String, Object> entries, int depth)
        throws IOException, JsonFormatException {
      if (in.currentToken() != JsonToken.START_OBJECT) {
        throw ValueFormat.unexpected(in, descriptor.getName());
      }
      while (in.nextToken() != JsonToken.END_OBJECT) {
        String key = in.currentName();
        TextFormats.requireUnicode(key, descriptor.getName());
        entries.remove(key);
        if (in.nextToken() == JsonToken.VALUE_NULL) {
          continue;
        }
        Object value = format.read(in, depth);
        if (value != ValueFormat.UNSET) {
          entries.put(key, value);
        }
      }
    }
  }
}
