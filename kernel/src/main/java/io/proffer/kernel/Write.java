package io.proffer.kernel;

import java.util.Optional;

/**
 * One put or delete of a journal that stores values under keys.
 *
 * @param key a path such as {@code agents/S1}; 1 to 512 characters
 * @param value the bytes to store; empty to delete the key
 */
public record Write(String key, Optional<byte[]> value) {
  private static final int LONGEST_KEY = 512;

  /**
   * @throws IllegalArgumentException when the key is empty or too long; who makes keys of words
   *     that came from outside checks or hashes them first, or one bad word ends the loop
   */
  public Write {
    if (key.isEmpty() || key.length() > LONGEST_KEY) {
      throw new IllegalArgumentException(
          "A key has 1 to %d characters, not %d".formatted(LONGEST_KEY, key.length()));
    }
  }

  /** Stores {@code value} under {@code key}, in place of what was there. */
  public static Write put(String key, byte[] value) {
    return new Write(key, Optional.of(value));
  }

  /** Removes {@code key}; nothing happens when it is not there. */
  public static Write delete(String key) {
    return new Write(key, Optional.empty());
  }
}
