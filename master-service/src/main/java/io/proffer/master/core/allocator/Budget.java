package io.proffer.master.core.allocator;

/**
 * How much work is left to a slice, in examined candidates. The shell adapts what it gives to the
 * time turns take, so what costs more or less than an examination is counted accordingly.
 */
final class Budget {
  private static final int PASSED_PER_UNIT = 16;
  private static final int PASSED_PER_DRAWN = 4;

  /** With all that a master does to make an offer of it. */
  private static final int UNITS_PER_GRANT = 40;

  private static final int UNITS_PER_EXPIRED = 2;

  private final long given;
  private long left;
  private long passed;

  Budget(long units) {
    given = units;
    left = units;
  }

  /** Units spent so far; the last one may cost more than there was. */
  long used() {
    return given - left;
  }

  boolean spent() {
    return left <= 0;
  }

  /**
   * A candidate was examined.
   *
   * @param more units that its constraints took
   */
  void examine(long more) {
    left -= 1 + more;
  }

  /** A grant was made: shares and orders change, now and when the offer is made. */
  void grant() {
    left -= UNITS_PER_GRANT;
  }

  /** A refusal that ended was forgotten. */
  void expire() {
    left -= UNITS_PER_EXPIRED;
  }

  /** Somebody was passed over. */
  void pass() {
    pass(1);
  }

  /** The place of one was drawn. */
  void draw() {
    draw(1);
  }

  /** The places of so many were drawn, and they were put in order. */
  void draw(int members) {
    pass((long) members * PASSED_PER_DRAWN);
  }

  /** So many were passed over. */
  void pass(long count) {
    passed += count;
    left -= passed / PASSED_PER_UNIT;
    passed %= PASSED_PER_UNIT;
  }
}
