package io.proffer.api.flags;

import java.util.regex.Pattern;

/**
 * An amount of bytes in the reference's text form: a whole number and one of B, KB, MB, GB, TB,
 * each 1024 times the one before.
 */
public record Bytes(long value) {
  private static final Pattern FORM = Pattern.compile("(\\d+)([KMGT]?)B");
  private static final String SCALE = "KMGT";
  private static final long LEAST_FILE = 4096;

  public Bytes {
    if (value < 0) {
      throw new IllegalArgumentException("Expected at least 0 bytes, but got " + value);
    }
  }

  /**
   * Reads an amount such as {@code 8MB}.
   *
   * @throws IllegalArgumentException if the text is no amount of bytes, or exceeds 64 bits
   */
  public static Bytes parse(String text) {
    var matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw unreadable(text);
    }
    int power = matcher.group(2).isEmpty() ? 0 : SCALE.indexOf(matcher.group(2)) + 1;
    try {
      return new Bytes(Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power)));
    } catch (ArithmeticException | NumberFormatException tooBig) {
      throw new IllegalArgumentException(
          "Expected less than " + Long.MAX_VALUE + " bytes, but got '" + text + "'", tooBig);
    }
  }

  /**
   * Reads how large a file may become, with 0 for no limit.
   *
   * @throws IllegalArgumentException if the text is no amount of bytes, or one that holds nothing
   */
  public static Bytes limitOfFile(String text) {
    var bytes = parse(text);
    if (bytes.value > 0 && bytes.value < LEAST_FILE) {
      throw new IllegalArgumentException(
          "Expected at least 4KB, or 0B for no limit, but got '" + text + "'");
    }
    return bytes;
  }

  /** As an int, for buffers and the like. Throws {@link ArithmeticException} above 2 GB. */
  public int intValue() {
    return Math.toIntExact(value);
  }

  /** The shortest exact form, which {@link #parse} reads. */
  @Override
  public String toString() {
    long rest = value;
    int power = 0;
    while (power < SCALE.length() && rest != 0 && rest % 1024 == 0) {
      rest /= 1024;
      power++;
    }
    return rest + (power == 0 ? "" : SCALE.substring(power - 1, power)) + "B";
  }

  private static IllegalArgumentException unreadable(String text) {
    return new IllegalArgumentException(
        "Expected an amount of bytes like 8MB or 1GB (a whole number, then one of"
            + " B, KB, MB, GB, TB), but got '"
            + text
            + "'");
  }
}
