package io.proffer.api.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "abc, Failed to convert '' to number",
        "1.2.3secs, Failed to convert '1.2.3' to number",
        "-5secs, Failed to convert '' to number",
        "5, \"Unknown duration unit ''; supported units are"
            + " 'ns', 'us', 'ms', 'secs', 'mins', 'hrs', 'days', and 'weeks'\"",
        "5sec, \"Unknown duration unit 'sec'; supported units are"
            + " 'ns', 'us', 'ms', 'secs', 'mins', 'hrs', 'days', and 'weeks'\""
      })
  void whatIsNoDurationIsRefusedInTheReferencesWords(String text, String words) {
    assertEquals(Optional.of(words), Durations.refusal(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5secs", "1.5mins", "0ns", ".5hrs"})
  void aDurationIsNotRefused(String text) {
    assertEquals(Optional.empty(), Durations.refusal(text));
  }

  @Test
  void oneThatIsTooLongIsToldSo() {
    assertEquals(
        Optional.of("Expected a duration of at most about 292 years, but got '99999weeks'"),
        Durations.refusal("99999weeks"));
  }
}
