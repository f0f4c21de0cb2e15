package io.proffer.api.limit;

import java.util.Map;
import java.util.Optional;

/**
 * Who may make how many requests.
 *
 * @param each every client that is not listed, for itself
 * @param listed principals with a rate of their own; empty for as many as they like
 * @param frameworks all frameworks together whose principal is not listed; then they have no other
 * @param room how many clients that are not listed are told apart
 */
record LimitPolicy(
    Optional<Rate> each, Map<String, Optional<Rate>> listed, Optional<Rate> frameworks, int room) {
  LimitPolicy {
    listed = Map.copyOf(listed);
  }

  /** Whether nobody is limited. */
  boolean isOpen() {
    return each.isEmpty()
        && frameworks.isEmpty()
        && listed.values().stream().allMatch(Optional::isEmpty);
  }
}
