package io.proffer.master.http.piece;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A protobuf message in the making. The length of a group stands before it, so what is in it is
 * gathered first.
 */
public final class ProtobufDraft {
  private final Fragments fragments;
  private final List<Piece> pieces = new ArrayList<>();

  /** Of all of them, measured once: a row that nobody keeps is made for it. */
  private long size;

  /** Writes a message, or a group in it. */
  @FunctionalInterface
  public interface Writer {
    void write(ProtobufDraft draft) throws IOException;
  }

  /** Writes fields that are small. */
  @FunctionalInterface
  public interface Text {
    void write(CodedOutputStream out) throws IOException;
  }

  private ProtobufDraft(Fragments fragments) {
    this.fragments = fragments;
  }

  /** The pieces of a whole message. */
  public static List<Piece> of(Fragments fragments, Writer writer) throws IOException {
    var draft = new ProtobufDraft(fragments);
    writer.write(draft);
    return draft.pieces;
  }

  /** Small fields. */
  public void text(Text text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = CodedOutputStream.newInstance(bytes);
    text.write(out);
    out.flush();
    add(Fragment.text(bytes.toByteArray()));
  }

  private void add(Piece piece) {
    pieces.add(piece);
    size += piece.size();
  }

  /** A repeated field; which one, its form knows. */
  public <R> void rows(Form<R> form, Iterable<? extends R> rows) {
    fragments.of(form, rows).forEach(this::add);
  }

  /** A field that is a message. */
  public void group(int number, Writer writer) throws IOException {
    var inside = new ProtobufDraft(fragments);
    writer.write(inside);
    text(
        out -> {
          out.writeTag(number, WireFormat.WIRETYPE_LENGTH_DELIMITED);
          out.writeUInt64NoTag(inside.size);
        });
    pieces.addAll(inside.pieces);
    size += inside.size;
  }
}
