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
    "5x, Unknown duration unit 'x'",
    "5, Unknown duration unit ''",
  })
  void anythingElseIsRefusedAsTheReferenceDoes(String text, String why) {
    var refused = assertThrows(IllegalArgumentException.class, () -> ReadTimeout.parse(text));

    assertEquals("Invalid timeout '" + text + "': " + why + ".\n", refused.getMessage());
  }
}
