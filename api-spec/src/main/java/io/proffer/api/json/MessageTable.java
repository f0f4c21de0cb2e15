package io.proffer.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Internal;
import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields of one message type, computed once for each generated class. */
final class MessageTable {
  /**
   * The depth protobuf takes in binary by itself: what came in as JSON can always be passed on as
   * protobuf.
   */
  static final int MAX_READ_DEPTH = 100;

  /** Well above what can be read, since answers wrap what calls brought. */
  static final int MAX_WRITE_DEPTH = 400;

  private static final ClassValue<MessageTable> TABLES =
      new ClassValue<>() {
        @Override
        protected MessageTable computeValue(Class<?> type) {
          return new MessageTable(type.asSubclass(Message.class));
        }
      };

  private final Message prototype;
  private final FieldTable[] fields;
  private final Map<String, Integer> positions;

  private MessageTable(Class<? extends Message> type) {
    MessageLite instance = Internal.getDefaultInstance(type);
    prototype = (Message) instance;
    Class<?> builder = prototype.newBuilderForType().getClass();
    List<FieldDescriptor> descriptors = prototype.getDescriptorForType().getFields();
    fields = new FieldTable[descriptors.size()];
    positions = HashMap.newHashMap(fields.length);
    for (int i = 0; i < fields.length; i++) {
      fields[i] = FieldTable.of(type, builder, descriptors.get(i));
      positions.put(descriptors.get(i).getName(), i);
    }
  }

  static MessageTable of(Class<?> messageClass) {
    return TABLES.get(messageClass);
  }

  void write(Message message, JsonGenerator out, int depth) throws IOException {
    if (depth > MAX_WRITE_DEPTH) {
      throw new IllegalArgumentException(
          "Message nested deeper than "
              + MAX_WRITE_DEPTH
              + " levels: "
              + prototype.getDescriptorForType().getFullName());
    }
    out.writeStartObject();
    for (FieldTable field : fields) {
      field.write(message, out, depth);
    }
    out.writeEndObject();
  }

  /** From the opening brace to the closing one; required fields may be missing. */
  Message read(JsonParser in, int depth) throws IOException, JsonFormatException {
    return readInto(prototype.newBuilderForType(), in, depth).buildPartial();
  }

  Message.Builder readInto(Message.Builder builder, JsonParser in, int depth)
      throws IOException, JsonFormatException {
    if (depth > MAX_READ_DEPTH) {
      throw JsonFormatException.convert(
          "Expecting messages nested at most " + MAX_READ_DEPTH + " levels deep");
    }
    long seen = 0;
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      JsonToken token = in.nextToken();
      Integer position = positions.get(name);
      if (position == null) {
        in.skipChildren();
        continue;
      }
      FieldTable field = fields[position];
      // Of a key that comes twice the last one counts. Positions above 63 share a bit with others;
      // clearing a field that is not set does no harm.
      long bit = 1L << position;
      if ((seen & bit) != 0) {
        builder.clearField(field.descriptor);
      }
      seen |= bit;
      if (token != JsonToken.VALUE_NULL) {
        field.read(in, builder, depth);
      }
    }
    return builder;
  }
}
