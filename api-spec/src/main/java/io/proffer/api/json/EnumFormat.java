package io.proffer.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.ProtocolMessageEnum;
import java.io.IOException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** Enums by name. An unknown name is an error for a required field and unset for any other. */
final class EnumFormat extends ValueFormat {
  private final IdentityHashMap<Object, SerializedString> names;
  private final Map<String, Object> values;
  private final boolean required;

  EnumFormat(FieldDescriptor field, Class<?> enumClass) {
    super(field.getName());
    required = field.isRequired();
    values = new HashMap<>();
    names = new IdentityHashMap<>();
    for (Object constant : enumClass.getEnumConstants()) {
      EnumValueDescriptor value = ((ProtocolMessageEnum) constant).getValueDescriptor();
      names.put(constant, new SerializedString(value.getName()));
      // Aliases share the number, and so the constant.
      for (EnumValueDescriptor other : field.getEnumType().getValues()) {
        if (other.getNumber() == value.getNumber()) {
          values.put(other.getName(), constant);
        }
      }
    }
  }

  @Override
  void write(Object value, JsonGenerator out, int depth) throws IOException {
    out.writeString(names.get(value));
  }

  @Override
  Object read(JsonParser in, int depth) throws IOException, JsonFormatException {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw unexpected(in);
    }
    Object value = values.get(in.getText());
    if (value != null) {
      return value;
    }
    if (required) {
      throw JsonFormatException.convert("Failed to find enum for '" + in.getText() + "'");
    }
    return UNSET;
  }
}
