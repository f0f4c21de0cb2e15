package io.proffer.master.http;

import com.google.protobuf.Message;
import io.proffer.api.http.MediaType;
import io.proffer.api.json.JsonCodec;
import io.proffer.master.http.piece.Fragments;
import io.proffer.master.http.piece.JsonDraft;
import io.proffer.master.http.piece.Piece;
import io.proffer.master.http.piece.ProtobufDraft;
import java.io.IOException;
import java.util.List;

/**
 * A v1 answer made row by row, so that a list of 400,000 tasks is never in memory as messages. In
 * protobuf the length of a list stands before it: rows whose bytes nobody keeps are worded once
 * more, to be measured.
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
  record Rows<R>(V1Rows<R> list, Iterable<? extends R> rows) implements Part {
    Rows<R> of(Page page) {
      return new Rows<>(list, page.of(rows));
    }

    @Override
    public String name() {
      return list.name();
    }

    @Override
    public int number() {
      return list.number();
    }
  }

  /** One message. */
  record One(String name, int number, Message message) implements Part {}

  /** Text. */
  record Text(String name, int number, String text) implements Part {}

  /** A number. */
  record Real(String name, int number, double value) implements Part {}

  /** Yes or no. */
  record Flag(String name, int number, boolean value) implements Part {}

  /** The same with this page of each of its lists. */
  Document of(Page page) {
    return page.isWhole() ? this : new Document(type, typeNumber, of(parts, page));
  }

  private static List<Part> of(List<Part> parts, Page page) {
    return parts.stream().map(part -> of(part, page)).toList();
  }

  private static Part of(Part part, Page page) {
    return switch (part) {
      case Group(var name, var number, var inner) -> new Group(name, number, of(inner, page));
      case Rows<?> rows -> rows.of(page);
      case One one -> one;
      case Text text -> text;
      case Real real -> real;
      case Flag flag -> flag;
    };
  }

  /** Its pieces, in order. */
  List<Piece> pieces(MediaType media, Fragments fragments) throws IOException {
    return switch (media) {
      case JSON ->
          JsonDraft.of(
              fragments,
              draft -> {
                draft.json().writeStartObject();
                draft.json().writeStringField("type", type.name());
                for (var part : parts) {
                  write(part, draft);
                }
                draft.json().writeEndObject();
              });
      case PROTOBUF ->
          ProtobufDraft.of(
              fragments,
              draft -> {
                draft.text(out -> out.writeEnum(1, typeNumber));
                for (var part : parts) {
                  write(part, draft);
                }
              });
    };
  }

  private static void write(Part part, JsonDraft draft) throws IOException {
    var json = draft.json();
    switch (part) {
      case Group group -> {
        json.writeObjectFieldStart(group.name());
        for (var inner : group.parts()) {
          write(inner, draft);
        }
        json.writeEndObject();
      }
      case Rows<?> rows -> write(rows, draft);
      case One one -> {
        json.writeFieldName(one.name());
        JsonCodec.write(one.message(), json);
      }
      case Text text -> json.writeStringField(text.name(), text.text());
      case Real real -> json.writeNumberField(real.name(), real.value());
      case Flag flag -> json.writeBooleanField(flag.name(), flag.value());
    }
  }

  private static <R> void write(Rows<R> rows, JsonDraft draft) throws IOException {
    draft.rows(rows.name(), rows.list().json(), rows.rows());
  }

  private static void write(Part part, ProtobufDraft draft) throws IOException {
    switch (part) {
      case Group group ->
          draft.group(
              group.number(),
              inside -> {
                for (var inner : group.parts()) {
                  write(inner, inside);
                }
              });
      case Rows<?> rows -> write(rows, draft);
      case One one -> draft.text(out -> out.writeMessage(one.number(), one.message()));
      case Text text -> draft.text(out -> out.writeString(text.number(), text.text()));
      case Real real -> draft.text(out -> out.writeDouble(real.number(), real.value()));
      case Flag flag -> draft.text(out -> out.writeBool(flag.number(), flag.value()));
    }
  }

  private static <R> void write(Rows<R> rows, ProtobufDraft draft) {
    draft.rows(rows.list().protobuf(), rows.rows());
  }
}
