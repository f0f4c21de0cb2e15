package io.proffer.master.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.api.v1.scheduler.OfferConstraints;
import io.proffer.master.core.fact.Capabilities;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.FrameworkLink;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FrameworkBookTest {
  private final FrameworkBook book = new FrameworkBook(2);

  @Test
  void asManyAsThereIsRoomForHaveRowsOfTheirOwn() {
    book.put(framework("a"));
    book.put(framework("b"));
    book.put(framework("c"));

    book.of(new FrameworkId("c")).calls.increment(Call.Type.REVIVE);

    assertEquals(List.of("a", "b", ""), rows());
    assertEquals(1, book.others().calls.get(Call.Type.REVIVE));
  }

  @Test
  void whoHasEndedMakesRoomWhenItIsNeededAndNotBefore() {
    book.put(framework("a"));
    book.put(framework("b"));
    book.end(new FrameworkId("a"));
    assertTrue(book.hasRow(new FrameworkId("a")));

    book.put(framework("c"));

    assertFalse(book.hasRow(new FrameworkId("a")));
    assertEquals(List.of("b", "c", ""), rows());
  }

  @Test
  void whatIsSentToAStreamCountsForItsFramework() {
    book.put(framework("a"));

    assertEquals("a", book.ofStream("stream of a").id());
    book.forgetStream(new FrameworkId("a"));
    assertEquals("", book.ofStream("stream of a").id());
  }

  @Test
  void withoutRoomAllShareOneRow() {
    var none = new FrameworkBook(0);
    none.put(framework("a"));

    assertFalse(none.hasRow(new FrameworkId("a")));
  }

  private List<String> rows() {
    return book.all().stream().map(FrameworkCounts::id).toList();
  }

  private static Framework framework(String id) {
    var info = FrameworkInfo.newBuilder().setUser("u").setName("n").build();
    return new Framework(
        new FrameworkId(id),
        info,
        Capabilities.of(info),
        List.of("r"),
        List.of(),
        OfferConstraints.getDefaultInstance(),
        new FrameworkLink.Connected("stream of " + id),
        Instant.EPOCH,
        Optional.empty(),
        Resources.empty(),
        Resources.empty());
  }
}
