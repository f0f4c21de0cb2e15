package io.proffer.api.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenBucketTest {
  /** A bucket that gave all it had at once, and is asked again later. */
  @ParameterizedTest
  @CsvSource({
    // rate, burst, later in ms, taken by then, wait of the next in ms
    "1,   1,       0,  0, 1000",
    "1,   1,     999,  0,    1",
    "1,   1,    1000,  1, 1000",
    "1,   1,   60000,  1, 1000",
    "10,  5,       0,  0,  100",
    "10,  5,     250,  2,   50",
    "10,  5,   60000,  5,  100",
    "0.5, 3,    2000,  1, 2000",
    "0.5, 3, 3600000,  3, 2000",
    "1000, 1,      1,  1,    1",
  })
  void whatComesBackWithTime(double rate, long burst, long laterMs, int taken, long waitMs) {
    var bucket = new TokenBucket(new Rate(rate, burst), 0);
    for (var i = 0; i < burst; i++) {
      assertEquals(0, bucket.take(0), "of the burst");
    }
    assertTrue(bucket.take(0) > 0, "more than the burst");
    var now = Duration.ofMillis(laterMs).toNanos();
    for (var i = 0; i < taken; i++) {
      assertEquals(0, bucket.take(now), "taken " + i);
    }
    assertEquals(waitMs, Math.round(bucket.take(now) / 1e6), "wait");
  }

  @Test
  void whoWaitsAsLongAsItIsToldGetsOne() {
    var bucket = new TokenBucket(new Rate(0.3, 1), 0);
    var now = 0L;
    for (var i = 0; i < 1000; i++) {
      var wait = bucket.take(now);
      if (wait > 0) {
        now += wait;
        assertEquals(0, bucket.take(now), "after the wait, round " + i);
      }
    }
    var expected = 999 / 0.3;
    assertEquals(expected, now / 1e9, expected * 1e-6);
  }

  @Test
  void aClockThatIsReadLateTakesNothingBack() {
    var bucket = new TokenBucket(new Rate(1, 2), 5_000_000_000L);
    assertEquals(0, bucket.take(5_000_000_000L));
    assertEquals(0, bucket.take(4_000_000_000L));
    assertTrue(bucket.take(4_000_000_000L) > 0);
  }

  @Test
  void itIsFullOnceAllHasComeBack() {
    var bucket = new TokenBucket(new Rate(2, 4), 0);
    assertTrue(bucket.isFull(0));
    bucket.take(0);
    assertFalse(bucket.isFull(499_999_999L));
    assertTrue(bucket.isFull(500_000_000L));
  }

  @Test
  void ratesThatLetNothingThroughAreNone() {
    assertThrows(IllegalArgumentException.class, () -> new Rate(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Rate(Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> new Rate(Double.POSITIVE_INFINITY, 1));
    assertThrows(IllegalArgumentException.class, () -> new Rate(1, 0));
  }
}
