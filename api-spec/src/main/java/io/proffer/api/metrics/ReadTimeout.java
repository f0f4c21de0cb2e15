package io.proffer.api.metrics;

import io.proffer.api.flags.Durations;
import java.time.Duration;
import java.util.regex.Pattern;

/** The {@code timeout} of a reading, in the reference's form and with its words of refusal. */
final class ReadTimeout {
  private static final Pattern NUMBER = Pattern.compile("\\d+\\.?\\d*|\\.\\d+");

  private ReadTimeout() {}

  /**
   * @throws IllegalArgumentException with the answer's text
   */
  static Duration parse(String text) {
    int unit = 0;
    while (unit < text.length() && isOfNumber(text.charAt(unit))) {
      unit++;
    }
    var number = text.substring(0, unit);
    if (!NUMBER.matcher(number).matches()) {
      throw refused(text, "Failed to convert '" + number + "' to number");
    }
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException unreadable) {
      throw refused(text, "Unknown duration unit '" + text.substring(unit) + "'");
    }
  }

  private static boolean isOfNumber(char c) {
    return (c >= '0' && c <= '9') || c == '.';
  }

  private static IllegalArgumentException refused(String text, String why) {
    return new IllegalArgumentException("Invalid timeout '" + text + "': " + why + ".\n");
  }
}
