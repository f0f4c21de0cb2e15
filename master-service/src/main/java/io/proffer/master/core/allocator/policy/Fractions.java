package io.proffer.master.core.allocator.policy;

/**
 * Exact comparison of shares: equal shares must be equal, or ties would be broken by rounding.
 *
 * <p>Products of two longs do not fit a long; they are compared as 128 bits.
 */
public final class Fractions {
  private Fractions() {}

  /** Compares a/b with c/d; all at least 0, b and d positive. */
  public static int compare(long a, long b, long c, long d) {
    if (b == d) {
      return Long.compare(a, c);
    }
    int high = Long.compare(Math.multiplyHigh(a, d), Math.multiplyHigh(c, b));
    return high != 0 ? high : Long.compareUnsigned(a * d, c * b);
  }
}
