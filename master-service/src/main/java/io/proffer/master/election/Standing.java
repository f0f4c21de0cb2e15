package io.proffer.master.election;

import java.util.Optional;

/** How a master stands in its cluster. */
public sealed interface Standing {
  /** Who else leads, {@code HOST:PORT}. */
  default Optional<String> followed() {
    return this instanceof Following(var leader) ? Optional.of(leader) : Optional.empty();
  }

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
