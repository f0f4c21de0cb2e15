package io.proffer.api.golden;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where our text differs from the reference's on purpose. Each is counted, so that none is idle.
 */
final class KnownDifferences {
  private static final Pattern REAL = Pattern.compile("(?<=[:,\\[])-?\\d+\\.\\d+(?:e[+-]\\d+)?");

  /** Most doubles with fewer digits have one shortest text only. */
  private static final int LONG_DIGITS = 16;

  private int doubles;

  /** The recorded text with everything in it worded as we word it. */
  String asOurs(String recorded) {
    return withOurDoubles(recorded);
  }

  /**
   * The reference's algorithm does not always find the nearest (or the shortest) of several texts
   * that stand for one double; Java's does. Readers get the same number.
   */
  private String withOurDoubles(String text) {
    StringBuilder ours = new StringBuilder(text.length());
    Matcher real = REAL.matcher(text);
    while (real.find()) {
      BigDecimal recorded = new BigDecimal(real.group());
      BigDecimal nearest = new BigDecimal(Double.toString(recorded.doubleValue()));
      boolean same = recorded.compareTo(nearest) == 0 || recorded.precision() < LONG_DIGITS;
      doubles += same ? 0 : 1;
      real.appendReplacement(ours, same ? real.group() : nearest.toPlainString());
    }
    return real.appendTail(ours).toString();
  }

  boolean allApplied() {
    return doubles > 0;
  }

  @Override
  public String toString() {
    return doubles + " doubles";
  }

  /**
   * A number outside the field's range is refused, where the reference lets it wrap around (level
   * -1 becomes 4294967295): nobody means the number it takes.
   */
  static boolean isWrappedNumber(String source) {
    return source.endsWith("SET_LOGGING_LEVEL-negative.json");
  }
}
