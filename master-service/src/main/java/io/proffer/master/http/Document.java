package io.proffer.master.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import io.proffer.api.http.MediaType;
import io.proffer.api.json.JsonCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * A v1 answer written row by row, so that a list of 400,000 tasks is never in memory as messages.
 * In protobuf the length of a list stands before it: its rows are worded twice, first to be
 * measured.
 *
 * @param type the value of the answer's {@code type}, field 1
 */
record Document(Enum<?> type, int typeNumber, List<Part> parts) {
  Document(Enum<?> type, int typeNumber, Part body) {
    this(type, typeNumber, List.of(body));
  }

  /** A field of the answer. */
  sealed interface Part {
    String name();

    int number();
  }

  /** An object of fields. */
  record Group(String name, int number, List<Part> parts) implements Part {}

  /** A list; printed as {@code []} when it is empty. */
  record Rows(String name, int number, Iterable<? extends Message> rows) implements Part {}

  /** One message. */
  record One(String name, int number, Message message) implements Part {}

  /** Text. */
  record Text(String name, int number, String text) implements Part {}

  /** A number. */
  record Real(String name, int number, double value) implements Part {}

  /** Yes or no. */
  record Flag(String name, int number, boolean value) implements Part {}

  void writeTo(OutputStream out, MediaType media) throws IOException {
    switch (media) {
      case JSON ->
          PlainJson.write(
              out,
              json -> {
                json.writeStartObject();
                json.writeStringField("type", type.name());
                for (var part : parts) {
                  write(part, json);
                }
                json.writeEndObject();
              });
      case PROTOBUF -> {
        var coded = CodedOutputStream.newInstance(out);
        coded.writeEnum(1, typeNumber);
        for (var part : parts) {
          write(part, coded);
        }
        coded.flush();
      }
    }
  }

  private static void write(Part part, JsonGenerator out) throws IOException {
    out.writeFieldName(part.name());
    switch (part) {
      case Group group -> {
        out.writeStartObject();
        for (var inner : group.parts()) {
          write(inner, out);
        }
        out.writeEndObject();
      }
      case Rows rows -> {
        out.writeStartArray();
        for (var row : rows.rows()) {
          JsonCodec.write(row, out);
        }
        out.writeEndArray();
      }
      case One one -> JsonCodec.write(one.message(), out);
      case Text text -> out.writeString(text.text());
      case Real real -> out.writeNumber(real.value());
      case Flag flag -> out.writeBoolean(flag.value());
    }
  }

  private static void write(Part part, CodedOutputStream out) throws IOException {
    switch (part) {
      case Group group -> {
        out.writeTag(group.number(), 2);
        out.writeUInt64NoTag(content(group));
        for (var inner : group.parts()) {
          write(inner, out);
        }
      }
      case Rows rows -> {
        for (var row : rows.rows()) {
          out.writeMessage(rows.number(), row);
        }
      }
      case One one -> out.writeMessage(one.number(), one.message());
      case Text text -> out.writeString(text.number(), text.text());
      case Real real -> out.writeDouble(real.number(), real.value());
      case Flag flag -> out.writeBool(flag.number(), flag.value());
    }
  }

  private static long content(Group group) {
    var size = 0L;
    for (var part : group.parts()) {
      size += size(part);
    }
    return size;
  }

  private static long size(Part part) {
    return switch (part) {
      case Group group -> {
        var content = content(group);
        yield CodedOutputStream.computeTagSize(group.number())
            + CodedOutputStream.computeUInt64SizeNoTag(content)
            + content;
      }
      case Rows rows -> {
        var size = 0L;
        for (var row : rows.rows()) {
          size += CodedOutputStream.computeMessageSize(rows.number(), row);
        }
        yield size;
      }
      case One one -> CodedOutputStream.computeMessageSize(one.number(), one.message());
      case Text text -> CodedOutputStream.computeStringSize(text.number(), text.text());
      case Real real -> CodedOutputStream.computeDoubleSize(real.number(), real.value());
      case Flag flag -> CodedOutputStream.computeBoolSize(flag.number(), flag.value());
    };
  }
}
