package io.proffer.api.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.TreeMap;

/**
 * JSON schemas of messages as {@code JsonCodec} reads and writes them, each once and with all it
 * refers to. Names are those of the messages without {@code proffer.}, and without {@code v1.}.
 */
final class Schemas {
  private final Comments comments;
  private final TreeMap<String, ObjectNode> components = new TreeMap<>();

  Schemas(Comments comments) {
    this.comments = comments;
  }

  /** All that were asked for so far, sorted by name. */
  ObjectNode components() {
    var all = Yaml.object();
    components.forEach(all::set);
    return all;
  }

  /** Adds a schema that is written by hand; what it refers to must be there in the end. */
  void add(String name, ObjectNode schema) {
    components.put(name, schema);
  }

  /** Whether there is a schema of this name. */
  boolean has(String name) {
    return components.containsKey(name);
  }

  /** A reference to the schema of a message. */
  ObjectNode reference(Descriptor message) {
    var name = name(message.getFullName());
    if (!components.containsKey(name)) {
      var schema = Yaml.object().put("type", "object");
      // Before its fields: messages may hold themselves.
      components.put(name, schema);
      comments.of(message.getFullName()).ifPresent(text -> schema.put("description", text));
      fill(schema, message);
    }
    return referenceTo(name);
  }

  static ObjectNode referenceTo(String name) {
    return Yaml.object().put("$ref", "#/components/schemas/" + name);
  }

  private void fill(ObjectNode schema, Descriptor message) {
    var required = new ArrayList<String>();
    var properties = Yaml.object();
    for (var field : message.getFields()) {
      properties.set(field.getName(), field(field));
      if (field.isRequired()) {
        required.add(field.getName());
      }
    }
    if (!properties.isEmpty()) {
      schema.set("properties", properties);
    }
    if (!required.isEmpty()) {
      var names = schema.putArray("required");
      required.forEach(names::add);
    }
  }

  private ObjectNode field(FieldDescriptor field) {
    ObjectNode schema;
    if (field.isMapField()) {
      schema = Yaml.object().put("type", "object");
      schema.set("additionalProperties", value(field.getMessageType().findFieldByNumber(2)));
    } else if (field.isRepeated()) {
      schema = Yaml.object().put("type", "array");
      schema.set("items", value(field));
    } else {
      schema = value(field);
    }
    comments.of(field.getFullName()).ifPresent(text -> schema.put("description", text));
    if (field.getOptions().getDeprecated()) {
      schema.put("deprecated", true);
    }
    if (field.hasDefaultValue()) {
      putDefault(schema, field.getDefaultValue());
    }
    return schema;
  }

  private ObjectNode value(FieldDescriptor field) {
    return switch (field.getType()) {
      case MESSAGE, GROUP -> reference(field.getMessageType());
      case ENUM -> reference(field.getEnumType());
      case BOOL -> Yaml.object().put("type", "boolean");
      case STRING -> Yaml.object().put("type", "string");
      case BYTES -> Yaml.object().put("type", "string").put("contentEncoding", "base64");
      case INT32, SINT32, SFIXED32 -> Yaml.object().put("type", "integer").put("format", "int32");
      case UINT32, FIXED32 ->
          Yaml.object().put("type", "integer").put("minimum", 0).put("maximum", 0xFFFF_FFFFL);
      case INT64, SINT64, SFIXED64 -> shared("Integer64");
      case UINT64, FIXED64 -> shared("UnsignedInteger64");
      case DOUBLE, FLOAT -> shared("DoubleNumber");
    };
  }

  private ObjectNode reference(EnumDescriptor type) {
    var name = name(type.getFullName());
    if (!components.containsKey(name)) {
      var schema = Yaml.object().put("type", "string");
      var description = new StringBuilder(comments.of(type.getFullName()).orElse(""));
      var names = schema.putArray("enum");
      for (var value : type.getValues()) {
        names.add(value.getName());
        comments
            .of(value.getFullName())
            .ifPresent(
                text ->
                    description
                        .append(description.isEmpty() ? "" : "\n")
                        .append("- `" + value.getName() + "`: " + text));
      }
      if (!description.isEmpty()) {
        schema.put("description", description.toString());
      }
      components.put(name, schema);
    }
    return referenceTo(name);
  }

  /**
   * Numbers whose form in JSON is not that of their type: named, so that generators can map them.
   */
  private ObjectNode shared(String name) {
    components.computeIfAbsent(name, key -> (ObjectNode) Yaml.resource("numbers.yaml").get(key));
    return referenceTo(name);
  }

  private static void putDefault(ObjectNode schema, Object value) {
    switch (value) {
      case Boolean flag -> schema.put("default", flag);
      case Double number -> schema.put("default", number);
      case Integer number -> schema.put("default", number);
      case Long number -> schema.put("default", number);
      default -> schema.put("default", value.toString());
    }
  }

  private static String name(String fullName) {
    return fullName.replaceFirst("^proffer\\.(v1\\.)?", "");
  }
}
