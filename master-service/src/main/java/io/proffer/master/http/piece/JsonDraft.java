package io.proffer.master.http.piece;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A JSON document in the making. What is small is written through the generator; rows come as
 * pieces, and stand between what was written before and after.
 */
public final class JsonDraft {
  private final Fragments fragments;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private final JsonGenerator json;
  private final List<Piece> pieces = new ArrayList<>();

  /** Writes the document. */
  @FunctionalInterface
  public interface Writer {
    void write(JsonDraft draft) throws IOException;
  }

  private JsonDraft(Fragments fragments) throws IOException {
    this.fragments = fragments;
    this.json = PlainJson.open(text);
  }

  /** The pieces of a whole document. */
  public static List<Piece> of(Fragments fragments, Writer writer) throws IOException {
    var draft = new JsonDraft(fragments);
    writer.write(draft);
    draft.cut();
    return draft.pieces;
  }

  /** Where everything but rows is written. */
  public JsonGenerator json() {
    return json;
  }

  /** A field that is a list of rows. */
  public <R> void rows(String name, Form<R> form, Iterable<? extends R> rows) throws IOException {
    rows(name, List.of(new Rows<>(form, rows)));
  }

  /** Rows that look alike. */
  public record Rows<R>(Form<R> form, Iterable<? extends R> rows) {
    private List<Piece> pieces(Fragments fragments) {
      return fragments.of(form, rows);
    }
  }

  /** A field that is a list of rows of several kinds, one after the other. */
  public void rows(String name, List<Rows<?>> kinds) throws IOException {
    json.writeArrayFieldStart(name);
    var items = new ArrayList<Piece>();
    kinds.forEach(rows -> items.addAll(rows.pieces(fragments)));
    if (!items.isEmpty()) {
      cut();
      pieces.add(new Cut(items.getFirst(), 1, 0));
      pieces.addAll(items.subList(1, items.size()));
    }
    json.writeEndArray();
  }

  /** The same, where each row, an object with fields, has some more. */
  public <R> void rows(String name, Form<R> form, Iterable<? extends R> rows, Form.Writer<R> more)
      throws IOException {
    json.writeArrayFieldStart(name);
    var items = fragments.of(form, rows).iterator();
    var comma = 1;
    cut();
    try (var fields = Encoder.fields(more)) {
      for (var row : rows) {
        pieces.add(new Cut(items.next(), comma, 1));
        comma = 0;
        pieces.add(Fragment.text(fields.encode(row)));
      }
    }
    json.writeEndArray();
  }

  private void cut() throws IOException {
    json.flush();
    if (text.size() > 0) {
      pieces.add(Fragment.text(text.toByteArray()));
      text.reset();
    }
  }
}
