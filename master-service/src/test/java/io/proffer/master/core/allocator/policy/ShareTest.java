package io.proffer.master.core.allocator.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shares compare as the fractions they are, whatever their weights. */
final class ShareTest {
  private static final double[] WEIGHTS = {
    1, 2, 3, 0.1, 0.3, 1e-3, 1e300, 3e300, 1e-300, 1e-320, Double.MAX_VALUE, 2e-323
  };

  /** A share beside the numbers it was made of. */
  private record Made(long part, long whole, double weight, Share share) {
    static Made of(long part, long whole, double weight) {
      return new Made(part, whole, weight, Share.of(part, whole).dividedBy(weight));
    }

    /** By cross products without any rounding. */
    int compareExactly(Made other) {
      return product(part, other.whole, other.weight).compareTo(product(other.part, whole, weight));
    }

    private static BigDecimal product(long part, long whole, double weight) {
      var fraction = BigInteger.valueOf(part).multiply(BigInteger.valueOf(whole));
      return new BigDecimal(fraction).multiply(new BigDecimal(weight));
    }
  }

  private static void assertOrder(int expected, Made left, Made right) {
    assertEquals(
        expected, Integer.signum(left.share().compareTo(right.share())), left + " " + right);
    assertEquals(
        -expected, Integer.signum(right.share().compareTo(left.share())), left + " " + right);
    assertEquals(expected == 0, left.share().equals(right.share()));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 3, 1, 2, 6, 1",
    "1, 3, 1, 3000000000000000001, 9000000000000000003, 1",
    "3, 10, 3, 1, 10, 1",
    "1, 7, 2, 3, 7, 6",
    "1, 10, 1e300, 7, 70, 1e300",
    "1, 1000000000000000000, 1e300, 7, 7000000000000000000, 1e300",
    "5, 1000000000000000000, 5e299, 1, 200000000000000000, 5e299",
    "21579448710634395, 4611686018427387904, 8.03168563671396E307,"
        + " 23584096951513, 4611686018427387904, 8.777798510069902E304",
    "0, 5, 1e-3, 0, 9, 1e300"
  })
  void equalSharesAreEqual(long p, long w, double weight, long q, long v, double otherWeight) {
    var left = Made.of(p, w, weight);
    var right = Made.of(q, v, otherWeight);
    assertOrder(0, left, right);
    assertEquals(left.share().hashCode(), right.share().hashCode());
  }

  /** The double 0.1 is a little more than a tenth, so what is divided by it is a little less. */
  @Test
  void aWeightIsTheNumberItIsAndNotTheOneThatWasWritten() {
    assertOrder(-1, Made.of(1, 30, 0.1), Made.of(1, 3, 1));
    assertOrder(1, Made.of(1, 1, 0.3), Made.of(10, 3, 1));
  }

  @Test
  void theSmallestDifferenceCounts() {
    assertOrder(-1, Made.of(1, Long.MAX_VALUE, 1), Made.of(1, Long.MAX_VALUE - 1, 1));
    assertOrder(
        -1,
        Made.of(Long.MAX_VALUE - 1, Long.MAX_VALUE, 3),
        Made.of(Long.MAX_VALUE - 1, Long.MAX_VALUE, Math.nextDown(3.0)));
    assertOrder(
        -1,
        Made.of(1_000_000_000_000_000L, 3_000_000_000_000_001L, 1e300),
        Made.of(1_000_000_000_000_000L, 3_000_000_000_000_000L, 1e300));
  }

  @Test
  void whoCountsTwiceHasHalfTheShare() {
    assertOrder(0, Made.of(4, 10, 2), Made.of(2, 10, 1));
    assertOrder(-1, Made.of(3, 10, 2), Made.of(2, 10, 1));
    assertOrder(1, Made.of(1, 10, 1e-3), Made.of(10, 10, 1));
  }

  /** Parts of few sizes and wholes of many make ties, and near ties, often. */
  private static Made random(Random random) {
    long scale = 1L << random.nextInt(40);
    long whole = (1 + random.nextInt(12)) * scale + random.nextInt(2);
    long part = Math.min(whole, random.nextInt(13) * scale / (1 + random.nextInt(3)));
    var weight = WEIGHTS[random.nextInt(WEIGHTS.length)];
    return Made.of(part, whole, random.nextInt(8) == 0 ? Math.nextDown(weight) : weight);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void randomSharesCompareAsExactNumbersAndSoDoTriples(long seed) {
    var random = new Random(seed);
    int ties = 0;
    for (int i = 0; i < 50_000; i++) {
      var a = random(random);
      var b = random(random);
      var c = random(random);
      ties += a.compareExactly(b) == 0 ? 1 : 0;
      assertOrder(a.compareExactly(b), a, b);
      assertOrder(b.compareExactly(c), b, c);
      if (a.share().compareTo(b.share()) <= 0 && b.share().compareTo(c.share()) <= 0) {
        assertTrue(a.share().compareTo(c.share()) <= 0, a + " " + b + " " + c);
      }
      if (a.share().equals(b.share()) && b.share().equals(c.share())) {
        assertEquals(a.share(), c.share());
      }
    }
    assertTrue(ties > 100, "only " + ties + " ties: this tried little");
  }

  @Test
  void aShareThatIsNoFractionComparesByItsNumber() {
    assertTrue(Share.of(0.25).compareTo(Share.of(1, 3)) < 0);
    assertTrue(Share.of(1, 3).compareTo(Share.of(0.5)) < 0);
    assertEquals(Share.of(0.5), Share.of(1.0).dividedBy(2));
    assertNotEquals(Share.of(0.5), Share.of(-0.5));
    assertTrue(Share.of(-1.0).compareTo(Share.NONE) < 0);
  }

  @ParameterizedTest
  @CsvSource({"-1, 5", "1, 0", "0, 0", "1, -3"})
  void whatIsNoPartOfAWholeIsRefused(long part, long whole) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> Share.of(part, whole));
    assertEquals(
        "a share is at least 0 of more than 0, not " + part + " of " + whole, refusal.getMessage());
  }

  @Test
  void bandsCountBeforeShares() {
    var early = new Rank(0, Share.of(9, 10));
    var late = new Rank(1, Share.NONE);
    assertTrue(early.compareTo(late) < 0);
    assertTrue(new Rank(1, Share.of(1, 10)).compareTo(late) > 0);
    assertEquals(0, Rank.of(Share.of(1, 2)).compareTo(new Rank(0, Share.of(2, 4))));
    assertTrue(new Rank(Integer.MIN_VALUE, Share.NONE).compareTo(new Rank(1, Share.NONE)) < 0);
  }
}
