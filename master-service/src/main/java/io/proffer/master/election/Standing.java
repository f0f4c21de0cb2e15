package io.proffer.master.election;

/** How a master stands in its cluster. */
public sealed interface Standing {

  /** It leads. */
  record Leading() implements Standing {}

  /**
   * Another one leads.
   *
   * @param leader {@code HOST:PORT}
   */
  record Following(String leader) implements Standing {}

  /** Nobody leads, as far as this one knows. */
  record Leaderless() implements Standing {}
}
