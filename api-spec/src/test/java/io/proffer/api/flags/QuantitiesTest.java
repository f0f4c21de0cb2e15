package io.proffer.api.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
  @ParameterizedTest
  @CsvSource({
    "10secs, 10000000000, 10secs",
    "1mins, 60000000000, 1mins",
    "90secs, 90000000000, 90secs",
    "1.5mins, 90000000000, 90secs",
    "500ms, 500000000, 500ms",
    "2hrs, 7200000000000, 2hrs",
    "1weeks, 604800000000000, 1weeks",
    "7days, 604800000000000, 1weeks",
    ".5us, 500, 500ns",
    "-1secs, -1000000000, -1secs",
    "0ns, 0, 0ns"
  })
  void durationsAreReadAndWrittenAsTheReferenceDoes(String text, long nanos, String written) {
    assertEquals(Duration.ofNanos(nanos), Durations.parse(text));
    assertEquals(written, Durations.format(Durations.parse(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "secs", "10 secs", "10seconds", "1e3secs", "1..5secs"})
  void whatIsNoDurationIsRefusedWithTheFormExpected(String text) {
    var wrong = assertThrows(IllegalArgumentException.class, () -> Durations.parse(text));
    assertTrue(wrong.getMessage().contains("10secs"), wrong.getMessage());
    assertTrue(wrong.getMessage().endsWith("but got '" + text + "'"), wrong.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "4096B, 4096, 4KB",
    "8MB, 8388608, 8MB",
    "1500B, 1500, 1500B",
    "1TB, 1099511627776, 1TB"
  })
  void bytesAreReadAndWritten(String text, long value, String written) {
    assertEquals(value, Bytes.parse(text).value());
    assertEquals(written, Bytes.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8", "8mb", "1.5GB", "-1B", "9999999999TB"})
  void whatIsNoAmountOfBytesIsRefused(String text) {
    var wrong = assertThrows(IllegalArgumentException.class, () -> Bytes.parse(text));
    assertTrue(wrong.getMessage().contains("but got '" + text + "'"), wrong.getMessage());
  }
}
