package io.proffer.master.core.allocator;

import java.util.List;

/** Who comes first. */
sealed interface NaivePolicy {
  /** Whoever has the smallest share for its weight. */
  record Drf() implements NaivePolicy {}

  /** Drawn by weight, for each agent anew. */
  record Random() implements NaivePolicy {}

  /** Among siblings these roles in this order; they and all others otherwise as by shares. */
  record Priority(List<String> roles) implements NaivePolicy {
    public Priority {
      roles = List.copyOf(roles);
    }

    /** The place of a node; of one that is not listed after all that are. */
    int place(String node) {
      int place = roles.indexOf(node);
      return place < 0 ? roles.size() : place;
    }
  }
}
