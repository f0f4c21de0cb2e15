package io.proffer.master.http.piece;

/**
 * CRC-32 of bytes that follow each other, from the sums of both: a polynomial over two elements, so
 * the first sum is multiplied by x to the power of as many bits as follow, and added (RFC 1952,
 * section 8 names the polynomial).
 */
final class Crc {
  /** The polynomial, its highest coefficient in the lowest bit and the leading one left out. */
  private static final int POLYNOMIAL = 0xedb88320;

  private static final int ONE = 0x80000000;

  /** x to the power of 8 times 2 to the power of the index. */
  private static final int[] POWERS = new int[63];

  static {
    var power = ONE >>> 8;
    for (var i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power = times(power, power);
    }
  }

  private Crc() {}

  /** The sum of the first bytes and then the second ones, of which there are so many. */
  static int join(int first, int second, long secondLength) {
    var shifted = first;
    var bits = secondLength;
    for (var i = 0; bits != 0; i++) {
      if ((bits & 1) != 0) {
        shifted = times(shifted, POWERS[i]);
      }
      bits >>>= 1;
    }
    return shifted ^ second;
  }

  private static int times(int a, int b) {
    var product = 0;
    var left = a;
    for (var bit = ONE; bit != 0; bit >>>= 1) {
      if ((b & bit) != 0) {
        product ^= left;
      }
      left = (left >>> 1) ^ ((left & 1) == 0 ? 0 : POLYNOMIAL);
    }
    return product;
  }
}
