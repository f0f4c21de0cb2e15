package io.proffer.api.parity;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A set of .proto files as lines, one for each message, enum, field and enum value, with everything
 * about it that decides what goes on the wire. Names are those behind the root package.
 */
final class Definitions {
  private final String root;
  private final SortedSet<String> lines = new TreeSet<>();
  private final SortedSet<String> messages = new TreeSet<>();

  private final SortedMap<String, List<String>> fieldOrder = new TreeMap<>();

  private Definitions(String root) {
    this.root = root;
  }

  /**
   * The definitions of all files.
   *
   * @param root the package whose name is left out, without a dot at its end
   */
  static Definitions of(String root, Collection<FileDescriptor> files) {
    Definitions definitions = new Definitions(root + ".");
    for (FileDescriptor file : files) {
      file.getMessageTypes().forEach(definitions::addMessage);
      file.getEnumTypes().forEach(definitions::addEnum);
    }
    return definitions;
  }

  SortedSet<String> lines() {
    return lines;
  }

  /** Names of the messages, without the entry messages of maps. */
  SortedSet<String> messages() {
    return messages;
  }

  /** For each message the names of its fields as they follow each other in the file. */
  SortedMap<String, List<String>> fieldOrder() {
    return fieldOrder;
  }

  private void addMessage(Descriptor message) {
    String name = name(message.getFullName());
    lines.add("message " + name + (message.getOptions().getMapEntry() ? " (map entry)" : ""));
    if (!message.getOptions().getMapEntry()) {
      messages.add(name);
    }
    fieldOrder.put(name, message.getFields().stream().map(FieldDescriptor::getName).toList());
    message.getFields().forEach(field -> lines.add(line(field)));
    message.getNestedTypes().forEach(this::addMessage);
    message.getEnumTypes().forEach(this::addEnum);
  }

  private void addEnum(EnumDescriptor type) {
    String name = name(type.getFullName());
    lines.add("enum " + name + (type.getOptions().getAllowAlias() ? " (aliases)" : ""));
    for (EnumValueDescriptor value : type.getValues()) {
      lines.add(
          "value "
              + name
              + "."
              + value.getName()
              + " = "
              + value.getNumber()
              + (value.getOptions().getDeprecated() ? " (deprecated)" : ""));
    }
  }

  private String line(FieldDescriptor field) {
    List<String> notes = new ArrayList<>();
    if (field.hasDefaultValue()) {
      notes.add("default " + text(field.getDefaultValue()));
    }
    OneofDescriptor oneof = field.getContainingOneof();
    if (oneof != null) {
      notes.add("oneof " + oneof.getName());
    }
    if (field.isPacked()) {
      notes.add("packed");
    }
    if (field.getOptions().getDeprecated()) {
      notes.add("deprecated");
    }
    return "field "
        + name(field.getContainingType().getFullName())
        + "."
        + field.getName()
        + " = "
        + field.getNumber()
        + " "
        + label(field)
        + " "
        + type(field)
        + (notes.isEmpty() ? "" : " (" + String.join(", ", notes) + ")");
  }

  private static String label(FieldDescriptor field) {
    if (field.isRepeated()) {
      return "repeated";
    }
    return field.isRequired() ? "required" : "optional";
  }

  private String type(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case MESSAGE -> name(field.getMessageType().getFullName());
      case ENUM -> name(field.getEnumType().getFullName());
      case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING -> {
        String type = field.getType().toString();
        yield type.toLowerCase(Locale.ROOT);
      }
    };
  }

  private static String text(Object value) {
    return switch (value) {
      case EnumValueDescriptor constant -> constant.getName();
      case ByteString bytes -> bytes.toStringUtf8();
      default -> value.toString();
    };
  }

  private String name(String fullName) {
    return fullName.startsWith(root) ? fullName.substring(root.length()) : fullName;
  }
}
