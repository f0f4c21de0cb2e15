package io.proffer.api.resource;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Scalars as the protocol counts them: fixed point with three decimals, held in a long.
 *
 * <p>Sums that leave the range of a long stop at its end instead of wrapping: a client that asks
 * for 1e300 cpus is then told that this is more than there is.
 */
public final class Thousandths {
  /** The largest magnitude a double may have to be counted exactly enough, in whole units. */
  private static final double LIMIT = Long.MAX_VALUE / 1000.0;

  private Thousandths() {}

  /** Rounds half away from zero; NaN becomes 0, what is too large the nearest end of the range. */
  public static long of(double value) {
    double scaled = value * 1000;
    return scaled < 0 ? -Math.round(-scaled) : Math.round(scaled);
  }

  /** Whether {@link #of} represents this number without cutting it off. */
  public static boolean represents(double value) {
    return Math.abs(value) < LIMIT;
  }

  /** Back to whole units, the way the protocol does it: whole part and rest apart. */
  public static double toDouble(long thousandths) {
    long whole = thousandths / 1000;
    return whole + (thousandths % 1000) / 1000.0;
  }

  /** The sum, stopped at the ends of the range. */
  public static long plus(long left, long right) {
    long sum = left + right;
    if (((left ^ sum) & (right ^ sum)) < 0) {
      return left < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return sum;
  }

  /** The difference, zero where it would be negative. */
  public static long minus(long left, long right) {
    return left <= right ? 0 : left - right;
  }

  /**
   * As the protocol prints it: {@code 0.1}, {@code 64}, {@code 4064}; from 1e15 on {@code 1e+15}.
   */
  public static String text(long thousandths) {
    var exact =
        BigDecimal.valueOf(thousandths, 3).round(new MathContext(15, RoundingMode.HALF_EVEN));
    var plain = exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros();
    int exponent = plain.precision() - plain.scale() - 1;
    if (exponent < 15) {
      return plain.toPlainString();
    }
    return plain.movePointLeft(exponent).toPlainString() + "e+" + exponent;
  }

  /**
   * A double that may not be a proper quantity, for error texts: {@code nan}, {@code inf}, else as
   * {@link #text}.
   */
  public static String text(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    return text(of(value));
  }
}
