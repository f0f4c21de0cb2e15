package io.proffer.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.Message;
import java.io.IOException;

/** A message inside a message. Its table is looked up late, since messages contain themselves. */
final class MessageFormat extends ValueFormat {
  private final Class<?> messageClass;
  private MessageTable table;

  MessageFormat(String field, Class<?> messageClass) {
    super(field);
    this.messageClass = messageClass;
  }

  // Without a lock: tables are immutable, and all threads find the same one.
  private MessageTable table() {
    MessageTable found = table;
    if (found == null) {
      found = MessageTable.of(messageClass);
      table = found;
    }
    return found;
  }

  @Override
  void write(Object value, JsonGenerator out, int depth) throws IOException {
    table().write((Message) value, out, depth + 1);
  }

  @Override
  Object read(JsonParser in, int depth) throws IOException, JsonFormatException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw unexpected(in);
    }
    return table().read(in, depth + 1);
  }
}
