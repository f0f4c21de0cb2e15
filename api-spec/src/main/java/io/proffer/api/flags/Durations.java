package io.proffer.api.flags;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Pattern;

/** The reference's text form of a duration: a number and a unit, like {@code 10secs}. */
public final class Durations {
  private static final Pattern FORM = Pattern.compile("([-+]?(?:\\d+\\.?\\d*|\\.\\d+))([a-z]+)");
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
