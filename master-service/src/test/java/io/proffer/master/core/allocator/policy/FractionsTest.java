package io.proffer.master.core.allocator.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FractionsTest {
  @Test
  void agreesWithArithmeticOfAnySize() {
    var random = new Random(7);
    for (int i = 0; i < 200_000; i++) {
      long a = any(random);
      long b = 1 + any(random) / 2;
      boolean near = random.nextBoolean();
      long c = near ? a : any(random);
      long d = near ? b + random.nextInt(2) : 1 + any(random) / 2;
      int expected = product(a, d).compareTo(product(c, b));
      assertEquals(expected, Fractions.compare(a, b, c, d), a + "/" + b + " " + c + "/" + d);
    }
  }

  private static BigInteger product(long left, long right) {
    return BigInteger.valueOf(left).multiply(BigInteger.valueOf(right));
  }

  private static long any(Random random) {
    return random.nextLong() >>> (1 + random.nextInt(63));
  }
}
