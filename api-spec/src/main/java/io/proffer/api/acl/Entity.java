package io.proffer.api.acl;

import java.util.Optional;
import java.util.Set;

/** One side of a rule: whom it is about, or what. A request that names nothing is empty. */
sealed interface Entity {
  /** Whether the rule is about this request. */
  boolean matches(Optional<String> request);

  /** Everybody, or everything. */
  record Any() implements Entity {
    @Override
    public boolean matches(Optional<String> request) {
      return true;
    }
  }

  /** The same, to be refused. */
  record None() implements Entity {
    @Override
    public boolean matches(Optional<String> request) {
      return true;
    }
  }

  /**
   * Those that are named.
   *
   * @param below roles of which those below are meant, and not they themselves
   */
  record Some(Set<String> values, Set<String> below) implements Entity {
    public Some {
      values = Set.copyOf(values);
      below = Set.copyOf(below);
    }

    @Override
    public boolean matches(Optional<String> request) {
      return request.isPresent() && (values.contains(request.get()) || isBelow(request.get()));
    }

    private boolean isBelow(String role) {
      if (below.isEmpty()) {
        return false;
      }
      for (var end = role.lastIndexOf('/'); end > 0; end = role.lastIndexOf('/', end - 1)) {
        if (below.contains(role.substring(0, end))) {
          return true;
        }
      }
      return false;
    }
  }
}
