package io.proffer.master.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.kernel.Write;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which writes make the file hold the rows there are. */
class KeptTest {
  private record Row(String name) {}

  private static final Row A = new Row("a");
  private static final Row B = new Row("b");
  private static final Row C = new Row("c");

  private final Kept<Row> kept =
      new Kept<>("rows/", row -> row.name().getBytes(StandardCharsets.UTF_8));

  @Test
  void onlyWhatCameAndWentIsWritten() {
    assertWrites(List.of(A, B), "rows/0000000000000001=a", "rows/0000000000000002=b");
    assertWrites(List.of(A, B));
    assertWrites(List.of(B, C), "rows/0000000000000003=c", "rows/0000000000000001-");
    assertWrites(List.of(), "rows/0000000000000002-", "rows/0000000000000003-");
  }

  @Test
  void rowsOfTheFileAreWrittenAlreadyAndNewOnesFollowThem() {
    kept.found("rows/000000000000000a", A);
    kept.found("rows/000000000000000c", B);

    assertWrites(List.of(B, C), "rows/000000000000000d=c", "rows/000000000000000a-");
  }

  @Test
  void aRowThatLooksLikeAnotherIsAnotherOne() {
    assertWrites(List.of(A, new Row("a")), "rows/0000000000000001=a", "rows/0000000000000002=a");
  }

  @Test
  void keysOfOthersAreToldApart() {
    assertTrue(kept.owns("rows/0000000000000001"));
    assertFalse(kept.owns("tasks/0000000000000001"));
  }

  private void assertWrites(List<Row> rows, String... expected) {
    assertEquals(
        List.of(expected),
        kept.changes(rows.iterator()).stream()
            .map(KeptTest::words)
            .sorted(KeptTest::puts)
            .toList());
  }

  private static String words(Write write) {
    return write
        .value()
        .map(bytes -> write.key() + "=" + new String(bytes, StandardCharsets.UTF_8))
        .orElse(write.key() + "-");
  }

  /** Puts come first; of deletes the order says nothing. */
  private static int puts(String one, String other) {
    var first = Boolean.compare(one.endsWith("-"), other.endsWith("-"));
    return first != 0 ? first : one.compareTo(other);
  }
}
