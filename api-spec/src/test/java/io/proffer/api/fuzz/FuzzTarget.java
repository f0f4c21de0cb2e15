package io.proffer.api.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A decoder, and what must hold of it. Has a public constructor without parameters. */
public interface FuzzTarget {
  /**
   * Decodes some bytes. Any exception that the decoder is not documented to throw is let through,
   * and anything else that does not hold is an {@link AssertionError}.
   */
  void take(byte[] input) throws Exception;

  /** Inputs to begin with: one for each form there is, and those that once broke something. */
  List<byte[]> seeds();

  /** Texts as seeds. */
  static List<byte[]> texts(String... texts) {
    return Arrays.stream(texts).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /** Fails when something does not hold. */
  static void check(boolean holds, String sentence) {
    if (!holds) {
      throw new AssertionError(sentence);
    }
  }

  /** Makes the target of a class. */
  static FuzzTarget named(String name) {
    try {
      return Class.forName(name).asSubclass(FuzzTarget.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("no target " + name, e);
    }
  }
}
