package io.proffer.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * An example with a sentence for each type of a message with a {@code type}: calls, answers and
 * events. Written by hand, but read and written again by the codec: what it does not understand
 * fails here.
 */
final class Examples {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MASTER = "6d2f5c5e-32a7-4f0c-9c1b-5f0d3f3c7a10";

  private final Comments comments;

  Examples(Comments comments) {
    this.comments = comments;
  }

  /** OpenAPI's examples, by the name of the type. */
  ObjectNode of(Message prototype, JsonNode written) {
    var type = prototype.getDescriptorForType();
    var examples = Yaml.object();
    for (var value : type.findFieldByName("type").getEnumType().getValues()) {
      if (value.getNumber() != 0) {
        var name = value.getName();
        if (!written.has(name)) {
          throw new IllegalArgumentException("no example for " + type.getFullName() + " " + name);
        }
        examples.set(name, example(prototype, name, (ObjectNode) written.get(name)));
      }
    }
    written
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!examples.has(name)) {
                throw new IllegalArgumentException(name + " is no type of " + type.getFullName());
              }
            });
    return examples;
  }

  private ObjectNode example(Message prototype, String name, ObjectNode written) {
    var body = Yaml.object().put("type", name);
    written
        .properties()
        .forEach(
            field -> {
              if (!field.getKey().equals("says")) {
                body.set(field.getKey(), withIds(field.getValue()));
              }
            });
    var says =
        written.has("says")
            ? written.get("says").textValue()
            : sentence(prototype.getDescriptorForType(), name);
    var example = Yaml.object().put("summary", name).put("description", says);
    example.set("value", throughCodec(prototype, body));
    return example;
  }

  /** What the .proto file says of the message that such a call or event carries. */
  private String sentence(Descriptor type, String name) {
    var field = type.findFieldByName(name.toLowerCase(java.util.Locale.ROOT));
    if (field == null) {
      throw new IllegalArgumentException(
          type.getFullName() + " " + name + " carries nothing: its example must have 'says'");
    }
    return comments
        .of(field.getMessageType().getFullName())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    field.getMessageType().getFullName() + " has no comment"));
  }

  private static JsonNode throughCodec(Message prototype, ObjectNode body) {
    try {
      var message = JsonCodec.decode(JSON.writeValueAsBytes(body), prototype);
      var encoded = JSON.readTree(JsonCodec.encode(message));
      requireAll(body, encoded, "");
      return encoded;
    } catch (JsonFormatException e) {
      throw new IllegalArgumentException(e.getMessage() + " in the example " + body, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fields the codec does not know are ignored by it; in an example they are mistakes. */
  private static void requireAll(JsonNode written, JsonNode encoded, String path) {
    if (written.isObject()) {
      written
          .properties()
          .forEach(
              field -> {
                var inner = path + "." + field.getKey();
                if (!encoded.has(field.getKey())) {
                  throw new IllegalArgumentException("the codec does not know " + inner);
                }
                requireAll(field.getValue(), encoded.get(field.getKey()), inner);
              });
    } else if (written.isArray()) {
      for (var i = 0; i < written.size(); i++) {
        requireAll(written.get(i), encoded.get(i), path + "[" + i + "]");
      }
    }
  }

  private static JsonNode withIds(JsonNode node) {
    if (node.isTextual()) {
      return TextNode.valueOf(node.textValue().replace("$MASTER", MASTER));
    }
    if (node instanceof ObjectNode object) {
      object.properties().forEach(field -> field.setValue(withIds(field.getValue())));
    } else if (node.isArray()) {
      var items = Yaml.MAPPER.createArrayNode();
      node.forEach(item -> items.add(withIds(item)));
      return items;
    }
    return node;
  }
}
