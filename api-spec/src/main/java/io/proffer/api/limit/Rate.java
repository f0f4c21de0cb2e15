package io.proffer.api.limit;

/**
 * How many requests are let through.
 *
 * @param perSecond in the long run; more than 0
 * @param burst at once, after a rest; at least 1
 */
public record Rate(double perSecond, long burst) {
  public Rate {
    if (!(perSecond > 0) || Double.isInfinite(perSecond) || burst < 1) {
      throw new IllegalArgumentException(
          "expected more than 0 a second and at least 1 at once, but got %s and %s"
              .formatted(perSecond, burst));
    }
  }

  /** In words: {@code 10 a second, 20 at once}. */
  @Override
  public String toString() {
    var whole = (long) perSecond;
    return (whole == perSecond ? Long.toString(whole) : Double.toString(perSecond))
        + " a second, "
        + burst
        + " at once";
  }
}
