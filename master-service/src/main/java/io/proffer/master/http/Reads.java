package io.proffer.master.http;

import io.proffer.api.http.Answer;
import io.proffer.api.http.Exchange;
import io.proffer.api.http.MediaType;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.http.piece.Edition;
import io.proffer.master.http.piece.Editions;
import io.proffer.master.http.piece.Fragments;
import io.proffer.master.http.piece.JsonDraft;
import io.proffer.master.http.piece.Piece;
import io.proffer.master.sight.Sight;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Answers reads of the tables. A document that shows all there is, is made once per version for all
 * who ask; a part of it is made for the one who asks, of rows that are encoded already.
 */
public final class Reads {
  /** For readers who are shown changed rows: what is kept of those would never be read again. */
  static final Fragments NOTHING = new Fragments(0, Duration.ZERO, () -> 0);

  private final Snapshots snapshots;
  private final Fragments fragments;
  private final Editions<String> editions;

  /** Writes a plain document. */
  @FunctionalInterface
  interface Writer {
    void write(View view, Page page, JsonDraft draft) throws IOException;
  }

  public Reads(Snapshots snapshots, Fragments fragments, Editions<String> editions) {
    this.snapshots = snapshots;
    this.fragments = fragments;
    this.editions = editions;
  }

  /**
   * A plain document of what the reader may see, and of that the part the query asks for.
   *
   * @param name of the document, for its editions
   */
  void plain(Exchange exchange, Sight sight, String name, Page page, Writer writer) {
    plain(exchange, sight.isWhole(), sight::of, name, page, writer);
  }

  /** The same for a document that shows flags too, to those who may see them. */
  void withFlags(Exchange exchange, Sight sight, String name, Page page, Writer writer) {
    plain(exchange, sight.isEverything(), sight::of, name, page, writer);
  }

  /** The same for a writer that is given all there is, and judges itself what may be seen. */
  void judged(Exchange exchange, Sight sight, String name, Page page, Writer writer) {
    plain(exchange, sight.isWhole(), all -> all, name, page, writer);
  }

  /**
   * @param shared whether it is the same for all who may see all of it, and this is one of them
   */
  private void plain(
      Exchange exchange,
      boolean shared,
      UnaryOperator<Snapshot> seen,
      String name,
      Page page,
      Writer writer) {
    var wanted = selection(exchange);
    if (wanted.isEmpty()) {
      return;
    }
    var selection = wanted.get();
    snapshots.read(
        exchange,
        snapshot -> {
          if (!shared) {
            // Its own, and without a tag: that would have to tell apart what each may see by the
            // rules of each moment.
            exchange.answerJson(
                out -> {
                  var part = seen.apply(snapshot);
                  var kept = keptFor(snapshot, part);
                  write(maker(part, selection, page, writer).make(kept), out);
                });
            return;
          }
          var maker = maker(snapshot, selection, page, writer);
          var whole = selection.isAll() && page.isWhole();
          if (whole) {
            // Also for one that is told that there is nothing new.
            editions.use(name);
          }
          exchange.answerJson(
              tag(snapshot),
              whole
                  ? new Whole(() -> editions.of(name, snapshot.version(), maker))
                  : out -> write(maker.make(fragments), out));
        });
  }

  /** Makes the edition of a document that shows all there is. Encodes: not for event loops. */
  void ahead(Snapshot snapshot, String name, Writer writer) throws IOException {
    editions.of(name, snapshot.version(), maker(snapshot, Selection.ALL, Page.WHOLE, writer));
  }

  private static Editions.Maker maker(
      Snapshot snapshot, Selection selection, Page page, Writer writer) {
    return kept ->
        JsonDraft.of(kept, draft -> writer.write(selection.of(View.all(snapshot)), page, draft));
  }

  /**
   * A v1 answer of what the reader may see, and of that the part the query asks for. Without a tag:
   * no client may ask a POST for what is new alone (RFC 9110, section 13.1.2).
   *
   * @param name of the document, for its editions
   */
  void v1(
      Exchange exchange,
      MediaType type,
      Sight sight,
      String name,
      Function<View, Document> document) {
    var wanted = selection(exchange);
    if (wanted.isEmpty()) {
      return;
    }
    var selection = wanted.get();
    var page = Page.of(exchange::query);
    var shared = sight.isWhole() && selection.isAll() && page.isWhole();
    snapshots.read(
        exchange,
        snapshot ->
            exchange.answerMessage(
                type,
                shared
                    ? new Whole(
                        () ->
                            editions.of(
                                name + " " + type,
                                snapshot.version(),
                                kept -> document.apply(View.all(snapshot)).pieces(type, kept)))
                    : out -> {
                      var seen = sight.of(snapshot);
                      var part = document.apply(selection.of(View.all(seen))).of(page);
                      body(part, keptFor(snapshot, seen), type).writeTo(out);
                    }));
  }

  /** A document for whoever has a snapshot, and knows what is kept for the reader. */
  static Exchange.JsonBody body(Document document, Fragments kept, MediaType type)
      throws IOException {
    var pieces = document.pieces(type, kept);
    return out -> write(pieces, out);
  }

  /**
   * What is kept of rows for one who is shown this part of a snapshot: nothing when some are
   * changed, for they are new each time. Rows that are only left out do not matter.
   */
  Fragments keptFor(Snapshot all, Snapshot seen) {
    return all.agents() == seen.agents() && all.recovered() == seen.recovered()
        ? fragments
        : NOTHING;
  }

  /** Empty when it is none, and the exchange was told so. */
  private static Optional<Selection> selection(Exchange exchange) {
    try {
      return Optional.of(
          Selection.of(name -> exchange.query(name).filter(value -> takes(exchange, name))));
    } catch (Selection.UnknownStateException e) {
      exchange.answer(Answer.text(400, e.getMessage()));
      return Optional.empty();
    }
  }

  /** Documents without tasks have no states to choose by, and leave the word to other uses. */
  private static boolean takes(Exchange exchange, String parameter) {
    return !parameter.equals("state")
        || exchange.match().endpoint().contract().parameters().stream()
            .anyMatch(one -> one.name().equals(parameter));
  }

  private static void write(List<Piece> pieces, OutputStream out) throws IOException {
    for (var piece : pieces) {
      piece.writeTo(out);
    }
  }

  /**
   * Weak: the same document may be packed or not, and its rows written in the same way each time.
   */
  private static String tag(Snapshot snapshot) {
    return "W/\"" + snapshot.master().info().getId() + "-" + snapshot.version() + "\"";
  }

  /** Finds the edition. */
  private interface Finder {
    Edition find() throws IOException;
  }

  /**
   * An edition, found on the thread that writes it. Once found, a reader that is slow to take it
   * holds on to it alone, and not to the tables it was made of.
   */
  private static final class Whole implements Exchange.PackedBody {
    private Finder finder;

    Whole(Finder finder) {
      this.finder = finder;
    }

    @Override
    public boolean isLong() throws IOException {
      return edition().isLong();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      edition().writeTo(out);
    }

    @Override
    public void writePacked(OutputStream out) throws IOException {
      edition().writePacked(out);
    }

    private Edition edition() throws IOException {
      var found = finder.find();
      finder = () -> found;
      return found;
    }
  }
}
