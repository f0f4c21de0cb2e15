package io.proffer.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class GateTest {
  private final Cores.HandJournal journal = new Cores.HandJournal();
  private final Cores.HandClock clock = new Cores.HandClock();
  private final List<Frame<String, String>> read = new ArrayList<>();
  private final List<List<String>> sent = new ArrayList<>();
  private final Gate<String, String> gate =
      new Gate<>(
          Cores::durable,
          journal,
          read::add,
          sent::add,
          clock,
          new Gate.Limits(4, Duration.ofSeconds(20)));

  private static Frame<String, String> frame(String... events) {
    return new Frame<>(List.of(events), List.of("sent " + String.join("+", events)));
  }

  @Test
  void framesWithoutDurableEventsPassAtOnce() {
    gate.accept(List.of(frame("a"), frame("b")));
    assertEquals(List.of(List.of("sent a", "sent b")), sent);
    assertEquals(List.of(), journal.keys());
    assertEquals(0, gate.held());
  }

  @Test
  void nothingOfADurableFrameLeavesBeforeItsWrite() {
    gate.accept(List.of(frame("a"), frame("durable b"), frame("c")));
    assertEquals(List.of(List.of("sent a")), sent);
    assertEquals(1, read.size());
    assertEquals(List.of(List.of("durable b")), journal.keys());
    journal.succeed();
    assertTrue(gate.hasLanded());
    gate.advance();
    assertEquals(List.of(List.of("sent a"), List.of("sent durable b", "sent c")), sent);
    assertEquals(3, read.size());
  }

  @Test
  void framesThatComeDuringAWriteShareTheNextOne() {
    gate.accept(List.of(frame("durable a")));
    gate.accept(List.of(frame("b"), frame("durable c", "durable d")));
    gate.accept(List.of(frame("durable e")));
    assertEquals(List.of(List.of("durable a")), journal.keys());
    journal.succeed();
    gate.advance();
    assertEquals(List.of(List.of("sent durable a"), List.of("sent b")), sent);
    assertEquals(
        List.of(List.of("durable a"), List.of("durable c", "durable d", "durable e")),
        journal.keys());
    journal.succeed();
    gate.advance();
    assertEquals(List.of("sent durable c+durable d", "sent durable e"), sent.get(2));
  }

  @Test
  void emptyFramesAreDroppedEvenDuringAWrite() {
    gate.accept(List.of(frame("durable a"), new Frame<>(List.of(), List.of())));
    assertEquals(1, gate.held());
  }

  @Test
  void aFrameWithFactsOnlyIsReadButSendsNothing() {
    gate.accept(List.of(new Frame<>(List.of("a"), List.of())));
    assertEquals(1, read.size());
    assertEquals(List.of(), sent);
  }

  @Test
  void roomShrinksWithEveryFrameThatWaitsAndComesBack() {
    gate.accept(List.of(frame("durable a"), frame("b")));
    gate.accept(List.of(frame("c"), frame("d"), frame("tick")));
    assertEquals(0, gate.room());
    assertEquals(5, gate.held());
    journal.succeed();
    gate.advance();
    assertEquals(4, gate.room());
  }

  @Test
  void aGateThatHoldsManyBytesHasNoRoomUntilTheyAreStored() {
    var narrow =
        new Gate<String, String>(
            Cores::durable,
            journal,
            frame -> {},
            effects -> {},
            clock,
            new Gate.Limits(100, 20, Duration.ofSeconds(20)));
    narrow.accept(List.of(frame("durable a")));
    assertEquals(99, narrow.room());
    narrow.accept(List.of(frame("durable but far too long")));
    assertEquals(0, narrow.room());

    journal.succeed();
    narrow.advance();
    assertEquals(0, narrow.room(), "the long one is on its way now");
    journal.succeed();
    narrow.advance();
    assertEquals(100, narrow.room());
  }

  @Test
  void aFailedWriteLetsNothingOutForEver() {
    gate.accept(List.of(frame("durable a")));
    gate.accept(List.of(frame("b")));
    journal.fail();
    var failure = assertThrows(StoreException.class, gate::advance);
    assertTrue(failure.getMessage().contains("no space left"), failure.getMessage());
    gate.accept(List.of(frame("c")));
    gate.advance();
    assertTrue(gate.isShut());
    assertEquals(List.of(), sent);
    assertEquals(List.of(), read);
  }

  @Test
  void theSentenceOfAStoreIsToldAsItIsByAGateWhoseWritesAreTimed() {
    var broken = new StoreException("The disk is full: make room.");
    var timed =
        new Gate<String, String>(
            Cores::durable,
            new TimedJournal<>(journal, clock, took -> {}),
            frame -> {},
            effects -> {},
            clock,
            new Gate.Limits(4, Duration.ofSeconds(20)));
    timed.accept(List.of(frame("durable a")));
    journal.fail(broken);
    assertEquals(broken, assertThrows(StoreException.class, timed::advance));
  }

  @Test
  void aWriteThatTakesTooLongShutsTheGate() {
    gate.accept(List.of(frame("durable a")));
    assertEquals(Duration.ofSeconds(20).toNanos(), gate.deadlineNanos().orElseThrow());
    clock.forward(Duration.ofMillis(19_999));
    gate.advance();
    clock.forward(Duration.ofMillis(1));
    assertThrows(StoreException.class, gate::advance);
    journal.succeed();
    gate.advance();
    assertEquals(List.of(), sent);
    assertTrue(gate.deadlineNanos().isEmpty());
  }

  @Test
  void aWriteThatEndsInTimeIsNotLateWhenSeenLate() {
    gate.accept(List.of(frame("durable a")));
    journal.succeed();
    clock.forward(Duration.ofSeconds(30));
    gate.advance();
    assertFalse(gate.isShut());
    assertEquals(1, sent.size());
  }

  @Test
  void whatIsShutFromOutsideLetsNothingOut() {
    gate.accept(List.of(frame("durable a")));
    gate.shut();
    journal.succeed();
    gate.advance();
    assertEquals(List.of(), sent);
  }

  @Test
  void aGateWithoutRoomIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Gate.Limits(0, Duration.ofSeconds(20)));
    assertThrows(IllegalArgumentException.class, () -> new Gate.Limits(1, Duration.ZERO));
  }
}
