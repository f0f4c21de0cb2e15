package io.proffer.master.http;

import io.proffer.api.acl.Rights;
import io.proffer.api.http.MediaType;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.http.piece.Edition;
import io.proffer.master.http.piece.Editions;
import io.proffer.master.http.piece.Fragments;
import io.proffer.master.http.piece.JsonDraft;
import io.proffer.master.http.piece.Piece;
import io.proffer.master.sight.Sight;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All documents of a snapshot, for tests. */
public final class Reading {
  private static final Sight EVERYTHING = Sight.of(Rights.unlimited(Optional.empty()));

  private static final PlainEndpoints.Description DESCRIPTION =
      new PlainEndpoints.Description(Optional.of("test"), Map.of());

  private final Fragments fragments;
  private final Editions<String> editions;
  private long nanos;

  /** Keeps so much. */
  public Reading(long bytes) {
    fragments = new Fragments(bytes, Duration.ofSeconds(60), () -> nanos);
    editions = new Editions<>(fragments, () -> nanos);
  }

  public void pass(Duration time) {
    nanos += time.toNanos();
  }

  public void rest() {
    editions.rest();
  }

  public Fragments fragments() {
    return fragments;
  }

  /** Editions of all plain documents, by name. */
  public Map<String, Edition> editions(Snapshot snapshot) throws IOException {
    var found = new HashMap<String, Edition>();
    for (var document : plain(View.all(snapshot)).entrySet()) {
      found.put(
          document.getKey(),
          editions.of(
              document.getKey(),
              snapshot.version(),
              kept -> JsonDraft.of(kept, document.getValue())));
    }
    return found;
  }

  /** All v1 documents, by name and media type. */
  public Map<String, byte[]> v1(Snapshot snapshot) throws IOException {
    var found = new HashMap<String, byte[]>();
    for (var type : MediaType.values()) {
      for (var document : v1Documents(snapshot)) {
        found.put(document.type() + " " + type, bytes(document.pieces(type, fragments)));
      }
    }
    return found;
  }

  /** Their editions, by the same names. */
  public Map<String, Edition> v1Editions(Snapshot snapshot) throws IOException {
    var found = new HashMap<String, Edition>();
    for (var type : MediaType.values()) {
      for (var document : v1Documents(snapshot)) {
        var name = document.type() + " " + type;
        found.put(name, editions.of(name, snapshot.version(), kept -> document.pieces(type, kept)));
      }
    }
    return found;
  }

  private static List<Document> v1Documents(Snapshot snapshot) {
    var view = View.all(snapshot);
    return List.of(
        V1Documents.state(view),
        V1Documents.tasks(view),
        V1Documents.agents(view),
        V1Documents.frameworks(view),
        V1Documents.executors(view));
  }

  private static Map<String, JsonDraft.Writer> plain(View view) {
    return Map.of(
        "state", draft -> PlainDocuments.state(view, Page.WHOLE, DESCRIPTION, true, draft),
        "summary", draft -> PlainSummary.write(view, Page.WHOLE, Optional.of("test"), draft),
        "slaves", draft -> PlainDocuments.agents(view, Page.WHOLE, draft),
        "frameworks", draft -> PlainDocuments.frameworks(view, Page.WHOLE, draft),
        "registry", draft -> PlainRegistry.write(view, draft),
        "tasks", draft -> PlainDocuments.tasks(view, new Page(100, 0, true), draft),
        "roles", draft -> PlainRoles.write(view, Page.WHOLE, Optional.empty(), EVERYTHING, draft));
  }

  private static byte[] bytes(List<Piece> pieces) throws IOException {
    var out = new ByteArrayOutputStream();
    for (var piece : pieces) {
      piece.writeTo(out);
    }
    return out.toByteArray();
  }
}
