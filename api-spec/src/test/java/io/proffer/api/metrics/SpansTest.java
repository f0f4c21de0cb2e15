package io.proffer.api.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SpansTest {
  private static final long MS = 1_000_000;

  private long now;
  private final Spans spans = new Spans(() -> now);

  @Test
  void everySpanBelongsToTheSlotThatBeginsAtOrBelowIt() {
    for (long span = 1; span > 0; span += 1 + span / 7) {
      int slot = Spans.slot(span);
      assertTrue(Spans.start(slot) <= span, "slot " + slot + " of " + span);
      assertTrue(
          slot == Spans.SLOTS - 1 || span < Spans.start(slot + 1), "slot " + slot + " of " + span);
    }
  }

  @Test
  void percentilesAreRightToTheWidthOfASlot() {
    for (int ms = 1; ms <= 1000; ms++) {
      spans.record(ms * MS);
    }

    var reading = spans.read();

    assertNear(500 * MS, reading.quantile(0.5));
    assertNear(990 * MS, reading.quantile(0.99));
    assertEquals(1000 * MS, reading.max());
    assertNear(MS, reading.min());
    assertEquals(1000 * MS, reading.last());
    assertEquals(1000, reading.count());
    assertEquals(500_500 * MS, reading.sum());
  }

  @Test
  void percentilesForgetWhatIsOlderThanAnHourAndCountsDoNot() {
    spans.record(900 * MS);
    for (int half = 1; half <= 3; half++) {
      now += Duration.ofMinutes(30).toNanos();
      spans.read();
    }
    spans.record(3 * MS);

    var reading = spans.read();

    assertEquals(1, reading.recent());
    assertNear(3 * MS, reading.quantile(0.99));
    assertEquals(2, reading.count());
  }

  @Test
  void nothingRecordedReadsAsZero() {
    var reading = spans.read();

    assertEquals(0, reading.quantile(0.5));
    assertEquals(0, reading.max());
    assertEquals(0, reading.min());
  }

  @Test
  void prometheusIsToldEachSpanInOneClass() {
    spans.record(1);
    spans.record(32_768);
    spans.record(Duration.ofSeconds(2).toNanos());
    spans.record(Duration.ofHours(2).toNanos());

    var classes = spans.read().classes();

    var expected = new long[Reading.bounds().length];
    expected[0] = 1;
    expected[1] = 1;
    expected[expected.length - 1] = 2;
    assertArrayEquals(expected, classes, () -> Arrays.toString(classes));
  }

  private static void assertNear(long expected, long actual) {
    assertTrue(Math.abs(expected - actual) <= expected / 16, () -> expected + " but " + actual);
  }
}
