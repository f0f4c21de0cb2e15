package io.proffer.master.core.allocator.policy;

import java.math.BigDecimal;

/**
 * A part of a whole, divided by a weight, compared exactly: equal shares must be equal, or ties
 * would be broken by rounding.
 *
 * <p>Most comparisons are decided by a rounded quotient; exact products are formed only for those
 * that rounding could turn.
 */
public final class Share implements Comparable<Share> {
  /** Nothing at all. */
  public static final Share NONE = new Share(0, 1, 1);

  /** Well above what three roundings of a quotient can amount to. */
  private static final double DOUBT = 1e-14;

  /** Well above where quotients lose digits, as those by enormous weights do. */
  private static final double TINY = 1e-290;

  private final long part;
  private final long whole;
  private final double weight;
  private final double approximate;

  private Share(long part, long whole, double weight) {
    this.part = part;
    this.whole = whole;
    this.weight = weight;
    this.approximate = (double) part / whole / weight;
  }

  /** For what is no fraction: such shares compare by the number alone. */
  private Share(double value) {
    this.part = -1;
    this.whole = 1;
    this.weight = 1;
    this.approximate = value;
  }

  /**
   * So much of so much.
   *
   * @param part at least 0
   * @param whole more than 0
   */
  public static Share of(long part, long whole) {
    if (part < 0 || whole <= 0) {
      throw new IllegalArgumentException(
          "a share is at least 0 of more than 0, not " + part + " of " + whole);
    }
    return part == 0 ? NONE : new Share(part, whole, 1);
  }

  /** Any number as the place in an order; compares with fractions by its value only. */
  public static Share of(double value) {
    return new Share(value);
  }

  /**
   * The share of somebody who counts so many times.
   *
   * @param by positive and finite
   */
  public Share dividedBy(double by) {
    if (part < 0) {
      return new Share(approximate / by);
    }
    return part == 0 || by == 1 ? this : new Share(part, whole, weight * by);
  }

  /** Rounded. */
  public double value() {
    return approximate;
  }

  @Override
  public int compareTo(Share other) {
    if (part < 0 || other.part < 0) {
      return Double.compare(approximate, other.approximate);
    }
    if (weight == other.weight) {
      return Fractions.compare(part, whole, other.part, other.whole);
    }
    double difference = approximate - other.approximate;
    double larger = Math.max(approximate, other.approximate);
    if (larger > TINY && Math.abs(difference) > DOUBT * larger) {
      return difference < 0 ? -1 : 1;
    }
    return product(part, other.whole, other.weight).compareTo(product(other.part, whole, weight));
  }

  private static BigDecimal product(long part, long whole, double weight) {
    return BigDecimal.valueOf(part)
        .multiply(BigDecimal.valueOf(whole))
        .multiply(new BigDecimal(weight));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Share that && compareTo(that) == 0;
  }

  /** The same for all: the rounded quotients of equal shares differ. */
  @Override
  public int hashCode() {
    return 1;
  }

  @Override
  public String toString() {
    return String.valueOf(approximate);
  }
}
