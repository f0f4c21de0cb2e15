package io.proffer.api.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReadTimeoutTest {
  @Test
  void aNumberWithAUnitIsADuration() {
    assertEquals(Duration.ofMillis(1500), ReadTimeout.parse("1.5secs"));
  }

  @ParameterizedTest
  @CsvSource({
    "abc, Failed to convert '' to number",
    "-5secs, Failed to convert '' to number",
    "1.2.3secs, Failed to convert '1.2.3' to number",
    "5x, Unknown duration unit 'x'; UNITS",
    "5, Unknown duration unit ''; UNITS",
    "20000weeks, LONG",
    "99999999999999weeks, LONG",
  })
  void anythingElseIsRefusedAsTheReferenceDoes(String text, String why) {
    var refused = assertThrows(IllegalArgumentException.class, () -> ReadTimeout.parse(text));

    var words =
        why.replace(
                "UNITS",
                "supported units are 'ns', 'us', 'ms', 'secs', 'mins', 'hrs', 'days', and 'weeks'")
            .replace(
                "LONG", "Expected a duration of at most about 292 years, but got '" + text + "'");
    assertEquals("Invalid timeout '" + text + "': " + words + ".\n", refused.getMessage());
  }
}
