package io.proffer.api.flags;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The reference's text form of a duration: a number and a unit, like {@code 10secs}. */
public final class Durations {
  private static final Pattern FORM = Pattern.compile("([-+]?(?:\\d+\\.?\\d*|\\.\\d+))([a-z]+)");
  private static final Pattern NUMBER = Pattern.compile("\\d+\\.?\\d*|\\.\\d+");
  private static final String UNITS =
      "'ns', 'us', 'ms', 'secs', 'mins', 'hrs', 'days', and 'weeks'";
  private static final BigDecimal MAX_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);

  private enum Unit {
    weeks(604_800_000_000_000L),
    days(86_400_000_000_000L),
    hrs(3_600_000_000_000L),
    mins(60_000_000_000L),
    secs(1_000_000_000L),
    ms(1_000_000L),
    us(1_000L),
    ns(1L);

    private final long nanos;

    Unit(long nanos) {
      this.nanos = nanos;
    }
  }

  private Durations() {}

  /**
   * Reads a duration; fractions are allowed and rounded to nanoseconds.
   *
   * @throws IllegalArgumentException if the text is no duration, or does not fit 64-bit nanoseconds
   */
  public static Duration parse(String text) {
    var matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw unreadable(text);
    }
    var nanos =
        new BigDecimal(matcher.group(1))
            .multiply(BigDecimal.valueOf(unit(matcher.group(2), text).nanos))
            .setScale(0, RoundingMode.HALF_UP);
    if (nanos.abs().compareTo(MAX_NANOS) > 0) {
      throw new IllegalArgumentException(
          "Expected a duration of at most about 292 years, but got '" + text + "'");
    }
    return Duration.ofNanos(nanos.longValueExact());
  }

  /**
   * What the reference says of a text that is no duration, for answers whose words clients know;
   * empty when it is one.
   */
  public static Optional<String> refusal(String text) {
    var unit = 0;
    while (unit < text.length() && isOfNumber(text.charAt(unit))) {
      unit++;
    }
    if (!NUMBER.matcher(text.substring(0, unit)).matches()) {
      return Optional.of("Failed to convert '" + text.substring(0, unit) + "' to number");
    }
    try {
      parse(text);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      var name = text.substring(unit);
      return Optional.of(
          Stream.of(Unit.values()).anyMatch(known -> known.name().equals(name))
              ? e.getMessage()
              : "Unknown duration unit '" + name + "'; supported units are " + UNITS);
    }
  }

  private static boolean isOfNumber(char c) {
    return (c >= '0' && c <= '9') || c == '.';
  }

  /** The shortest exact form: the largest unit that divides the duration, {@code 90secs}. */
  public static String format(Duration duration) {
    long nanos = duration.toNanos();
    if (nanos == 0) {
      return "0ns";
    }
    for (var unit : Unit.values()) {
      if (nanos % unit.nanos == 0) {
        return nanos / unit.nanos + unit.name();
      }
    }
    throw new IllegalStateException("Nanoseconds divide everything");
  }

  private static Unit unit(String name, String text) {
    for (var unit : Unit.values()) {
      if (unit.name().equals(name)) {
        return unit;
      }
    }
    throw unreadable(text);
  }

  private static IllegalArgumentException unreadable(String text) {
    return new IllegalArgumentException(
        "Expected a duration like 10secs, 1.5mins or 500ms (a number, then one of"
            + " ns, us, ms, secs, mins, hrs, days, weeks), but got '"
            + text
            + "'");
  }
}
