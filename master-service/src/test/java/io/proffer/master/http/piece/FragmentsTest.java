package io.proffer.master.http.piece;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class FragmentsTest {
  private static final Duration REST = Duration.ofSeconds(60);

  private final Form<Row> form = Form.json((json, row) -> json.writeString(row.text()));
  private long nanos = Long.MAX_VALUE - 1000;

  /** No record: two rows with the same text are two rows. */
  private static final class Row {
    private final String text;

    Row(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  private Fragments fragments(long bytes) {
    return new Fragments(bytes, REST, () -> nanos);
  }

  private static List<Row> rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Row("row %05d of a table, as long as rows are".formatted(i)))
        .toList();
  }

  @Test
  void aRowIsEncodedOnceHoweverOftenItIsRead() {
    var fragments = fragments(1_000_000);
    var rows = rows(100);
    var first = fragments.of(form, rows);
    var again = fragments.of(form, rows);

    assertEquals(100, fragments.encoded());
    for (var i = 0; i < 100; i++) {
      assertSame(first.get(i), again.get(i));
    }
    assertEquals(
        ",\"" + rows.get(7).text() + "\"",
        new String(first.get(7).bytes(), StandardCharsets.UTF_8));
  }

  @Test
  void manyRowsAreEncodedTogetherAndStandInOrder() throws IOException {
    var fragments = fragments(10_000_000);
    var rows = new ArrayList<>(rows(20_000));
    rows.add(rows.getLast());
    assertEquals(
        text(rows),
        text(pack(Edition.of(fragments(0), fragments.of(form, rows), Optional.empty()))));
    assertEquals(20_000, fragments.encoded());
    var held = fragments.heldBytes();
    rows.removeLast();
    assertEquals(
        text(rows),
        text(pack(Edition.of(fragments(0), fragments.of(form, rows), Optional.empty()))));
    assertEquals(held, fragments.heldBytes());
  }

  @Test
  void aRowThatCannotBeEncodedFailsTheReadThatNeedsIt() {
    var fragments = fragments(10_000_000);
    var rows = new ArrayList<>(rows(4000));
    rows.set(3900, new Row("bad"));
    Form<Row> picky =
        Form.json(
            (json, row) -> {
              if (row.text().equals("bad")) {
                throw new IOException("no words for it");
              }
              json.writeString(row.text());
            });
    var failure = assertThrows(UncheckedIOException.class, () -> fragments.of(picky, rows));
    assertEquals("no words for it", failure.getCause().getMessage());

    rows.remove(3900);
    assertEquals(3999, fragments.of(picky, rows).size());
    assertEquals(3999, fragments.encoded());
  }

  @Test
  void anotherObjectIsAnotherRow() {
    var fragments = fragments(1_000_000);
    var first = fragments.of(form, List.of(new Row("same")));
    var second = fragments.of(form, List.of(new Row("same")));

    assertNotSame(first.getFirst(), second.getFirst());
    assertTrue(first.getFirst().same(second.getFirst()));
  }

  @Test
  void aFullCacheKeepsItsPartOfWhatIsReadAgainAndAgain() {
    var rows = rows(100);
    var all = fragments(1_000_000);
    all.of(form, rows);
    // Rows may take three quarters of it.
    var fragments = fragments(all.heldBytes() * 2 / 3);
    for (var i = 0; i < 20; i++) {
      nanos += Duration.ofSeconds(1).toNanos();
      fragments.of(form, rows);
    }
    assertTrue(Math.abs(fragments.encoded() - 50) <= 1);
    assertInstanceOf(Later.class, fragments.of(form, rows).getLast());
    assertTrue(fragments.heldBytes() <= all.heldBytes() * 2 / 3 * 3 / 4 + 150);
  }

  @Test
  void whatNobodyReadsAnyMoreMakesRoom() {
    var all = fragments(1_000_000);
    all.of(form, rows(100));
    var fragments = fragments(all.heldBytes() * 4 / 3);
    fragments.of(form, rows(100));
    var next = rows(100);
    assertInstanceOf(Later.class, fragments.of(form, next).getLast());

    nanos += REST.toNanos() / 4 + 1;
    assertInstanceOf(Fragment.class, fragments.of(form, next).getLast());
    assertEquals(all.heldBytes(), fragments.heldBytes());

    nanos += REST.toNanos() + 1;
    fragments.rest();
    assertEquals(0, fragments.heldBytes());
  }

  @Test
  void nothingIsKeptOfRowsThatSayMoreThanThemselves() {
    var fragments = fragments(1_000_000);
    assertInstanceOf(Later.class, fragments.of(form.passing(), rows(1)).getFirst());
    assertEquals(0, fragments.heldBytes());
  }

  @Test
  void butAnEditionWordsThemOnceForAll() throws IOException {
    var fragments = fragments(1_000_000);
    var editions = new Editions<String>(fragments, () -> nanos);
    var worded = new AtomicInteger();
    var rows = rows(3);
    var edition = passing(editions, 1, worded, rows);
    var held = fragments.heldBytes();

    assertEquals("{\"rows\":[" + text(rows).substring(1) + "]}", text(pack(edition)));
    assertEquals(text(pack(edition)), text(pack(edition)));
    assertEquals(3, worded.get());
    assertTrue(held > text(rows).length(), "only " + held + " are counted");
  }

  /** Ten readers of an answer that fits nowhere should not hold it ten times. */
  @Test
  void orNotAtAllWhereThereIsNoRoomForIt() throws IOException {
    var fragments = fragments(1_000);
    var editions = new Editions<String>(fragments, () -> nanos);
    var worded = new AtomicInteger();
    var rows = rows(3000);
    var edition = passing(editions, 1, worded, rows);
    assertTrue(worded.get() < 100, worded + " are held as bytes");
    assertEquals(0, fragments.heldBytes());

    worded.set(0);
    assertEquals("{\"rows\":[" + text(rows).substring(1) + "]}", text(pack(edition)));
    assertEquals(3000, worded.get());

    // There is no more room than before.
    worded.set(0);
    passing(editions, 2, worded, rows);
    assertEquals(0, worded.get());

    // But there is enough for a shorter answer.
    passing(editions, 3, worded, rows(3));
    assertEquals(3, worded.get());
    assertTrue(fragments.heldBytes() > 0);
  }

  @Test
  void theEditionBeforeMakesRoomForTheNext() throws IOException {
    var rows = rows(300);
    var length = text(rows).length();
    var fragments = fragments(length + length / 2);
    var editions = new Editions<String>(fragments, () -> nanos);
    var worded = new AtomicInteger();
    for (var version = 1; version <= 3; version++) {
      worded.set(0);
      var edition = passing(editions, version, worded, rows);
      edition.writeTo(OutputStream.nullOutputStream());
      assertEquals(300, worded.get(), "of version " + version);
      assertTrue(fragments.heldBytes() >= length, "of version " + version + " nothing is kept");
    }
  }

  private Edition passing(
      Editions<String> editions, long version, AtomicInteger worded, List<Row> rows)
      throws IOException {
    var passing =
        Form.<Row>json(
                (json, row) -> {
                  worded.incrementAndGet();
                  json.writeString(row.text());
                })
            .passing();
    return editions.of(
        "rows", version, kept -> JsonDraft.of(kept, draft -> rowsAlone(draft, passing, rows)));
  }

  private static void rowsAlone(JsonDraft draft, Form<Row> form, List<Row> rows)
      throws IOException {
    draft.json().writeStartObject();
    draft.rows("rows", form, rows);
    draft.json().writeEndObject();
  }

  @Test
  void anEditionSharesWhatWasPackedWithTheOneBefore() throws IOException {
    var fragments = fragments(10_000_000);
    var editions = new Editions<String>(fragments, () -> nanos);
    var rows = new ArrayList<>(rows(5000));
    var packed = pack(editions.of("rows", 1, kept -> kept.of(form, rows)));
    var held = fragments.heldBytes();

    rows.set(2500, new Row("changed"));
    rows.remove(700);
    rows.add(new Row("added"));
    var next = editions.of("rows", 2, kept -> kept.of(form, rows));
    // The room of chunks that are gone was given back, that of new ones is not taken yet.
    assertTrue(fragments.heldBytes() < held);
    var again = pack(next);
    assertTrue(fragments.heldBytes() < held + 10_000);
    assertEquals(text(rows), text(again));
    assertTrue(text(packed).contains("row 00700"));

    // Late: who asks for an older one is given that which there is.
    assertSame(next, editions.of("rows", 1, kept -> List.of()));

    nanos += REST.toNanos() + 1;
    editions.rest();
    assertEquals(0, fragments.heldBytes());
    assertEquals(text(rows), text(pack(next)), "whoever has it reads on");
    assertEquals(0, fragments.heldBytes());
  }

  @Test
  void whatIsPolledStaysThoughItDoesNotChange() throws IOException {
    var fragments = fragments(10_000_000);
    var editions = new Editions<String>(fragments, () -> nanos);
    var rows = new ArrayList<>(rows(500));
    editions.of("rows", 1, kept -> kept.of(form, rows));
    for (var i = 0; i < 30; i++) {
      nanos += REST.toNanos() / 10;
      if (i % 2 == 0) {
        editions.of("rows", 1, kept -> List.of());
      } else {
        editions.use("rows");
      }
      editions.rest();
    }
    rows.set(77, new Row("changed"));
    assertEquals(text(rows), text(pack(editions.of("rows", 2, kept -> kept.of(form, rows)))));
    assertEquals(501, fragments.encoded());
  }

  @Test
  void anEditionThatTakesLongToMakeIsLetGoOfOnce() throws IOException {
    var all = fragments(1_000_000);
    all.of(form, rows(500));
    var fragments = fragments(all.heldBytes());
    var editions = new Editions<String>(fragments, () -> nanos);
    for (var version = 1; version <= 6; version++) {
      editions.of(
          "rows",
          version,
          kept -> {
            // So long that all of it is old, and others want its room meanwhile.
            nanos += REST.toNanos();
            var pieces = new ArrayList<>(kept.of(form, rows(500)));
            pieces.add(Fragment.text(new byte[5000]));
            return pieces;
          });
      assertTrue(fragments.heldBytes() >= 0, "holds " + fragments.heldBytes());
    }
    nanos += REST.toNanos() + 1;
    editions.rest();
    assertEquals(0, fragments.heldBytes());
  }

  @Test
  void whatStandsBetweenRowsTakesRoomToo() throws IOException {
    var fragments = fragments(100_000);
    var editions = new Editions<String>(fragments, () -> nanos);
    JsonDraft.Writer writer = draft -> draft.json().writeString("x".repeat(90_000));
    editions.of("text", 1, kept -> JsonDraft.of(kept, writer));
    assertEquals(90_002, fragments.heldBytes());
    // There is no room for another one: it is made for who asks.
    editions.of("other", 1, kept -> JsonDraft.of(kept, writer));
    assertEquals(90_002, fragments.heldBytes());
    nanos += REST.toNanos() + 1;
    editions.rest();
    assertEquals(0, fragments.heldBytes());
  }

  @Test
  void anEditionThatIsNotKeptIsPackedAllTheSame() throws IOException {
    var rows = rows(3000);
    var edition = Edition.of(fragments(0), fragments(0).of(form, rows), Optional.empty());
    assertEquals(text(rows), text(pack(edition)));
    assertTrue(edition.isLong());
  }

  private static byte[] pack(Edition edition) throws IOException {
    var out = new ByteArrayOutputStream();
    edition.writePacked(out);
    return out.toByteArray();
  }

  private static String text(byte[] packed) throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String text(List<Row> rows) {
    var text = new StringBuilder();
    rows.forEach(row -> text.append(",\"").append(row.text()).append('"'));
    return text.toString();
  }
}
