package io.proffer.api.metrics;

import io.proffer.api.flags.Durations;
import java.time.Duration;

/** The {@code timeout} of a reading, in the reference's form and with its words of refusal. */
final class ReadTimeout {
  private ReadTimeout() {}

  /**
   * @throws IllegalArgumentException with the answer's text
   */
  static Duration parse(String text) {
    var wrong = Durations.refusal(text);
    if (wrong.isPresent()) {
      throw new IllegalArgumentException("Invalid timeout '" + text + "': " + wrong.get() + ".\n");
    }
    return Durations.parse(text);
  }
}
