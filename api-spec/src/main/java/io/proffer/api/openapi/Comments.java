package io.proffer.api.openapi;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The comments of .proto files by the full name of what they stand before: messages, fields, enums
 * and values. The generated classes do not have them, protoc's descriptor set does.
 */
final class Comments {
  private final Map<String, String> texts = new HashMap<>();

  private Comments() {}

  /**
   * @param descriptors what protoc wrote with {@code --include_source_info}
   */
  static Comments read(Path descriptors) throws IOException {
    var comments = new Comments();
    for (var file : FileDescriptorSet.parseFrom(Files.readAllBytes(descriptors)).getFileList()) {
      comments.add(file);
    }
    return comments;
  }

  /** The comment, its lines joined; values of enums are named {@code package.Enum.VALUE}. */
  Optional<String> of(String fullName) {
    return Optional.ofNullable(texts.get(fullName));
  }

  private void add(FileDescriptorProto file) {
    var byPath = new HashMap<List<Integer>, String>();
    for (var location : file.getSourceCodeInfo().getLocationList()) {
      if (location.hasLeadingComments()) {
        byPath.put(
            List.copyOf(location.getPathList()),
            location.getLeadingComments().strip().replaceAll("\\s*\n\\s*", " "));
      }
    }
    for (var i = 0; i < file.getMessageTypeCount(); i++) {
      var path = List.of(FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER, i);
      add(byPath, path, file.getPackage(), file.getMessageType(i));
    }
    for (var i = 0; i < file.getEnumTypeCount(); i++) {
      var path = List.of(FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER, i);
      add(byPath, path, file.getPackage(), file.getEnumType(i));
    }
  }

  private void add(
      Map<List<Integer>, String> byPath, List<Integer> path, String parent, DescriptorProto type) {
    var name = parent + "." + type.getName();
    note(name, byPath.get(path));
    for (var i = 0; i < type.getFieldCount(); i++) {
      note(
          name + "." + type.getField(i).getName(),
          byPath.get(below(path, DescriptorProto.FIELD_FIELD_NUMBER, i)));
    }
    for (var i = 0; i < type.getNestedTypeCount(); i++) {
      var inner = below(path, DescriptorProto.NESTED_TYPE_FIELD_NUMBER, i);
      add(byPath, inner, name, type.getNestedType(i));
    }
    for (var i = 0; i < type.getEnumTypeCount(); i++) {
      add(
          byPath,
          below(path, DescriptorProto.ENUM_TYPE_FIELD_NUMBER, i),
          name,
          type.getEnumType(i));
    }
  }

  private void add(
      Map<List<Integer>, String> byPath,
      List<Integer> path,
      String parent,
      EnumDescriptorProto type) {
    var name = parent + "." + type.getName();
    note(name, byPath.get(path));
    for (var i = 0; i < type.getValueCount(); i++) {
      note(
          name + "." + type.getValue(i).getName(),
          byPath.get(below(path, EnumDescriptorProto.VALUE_FIELD_NUMBER, i)));
    }
  }

  private void note(String name, String comment) {
    if (comment != null) {
      texts.put(name, comment);
    }
  }

  private static List<Integer> below(List<Integer> path, int field, int index) {
    var inner = new ArrayList<>(path);
    inner.add(field);
    inner.add(index);
    return inner;
  }
}
