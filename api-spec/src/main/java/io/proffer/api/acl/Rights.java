package io.proffer.api.acl;

import java.util.Optional;

/**
 * What somebody may do, by the rules of one moment. A command carries it into a core: whatever the
 * core then finds out about its object, it judges by the rules that held when the request came, and
 * rules that are read anew meanwhile cannot come between.
 *
 * @param principal who asks, as they have proved; empty where nobody was asked
 */
public record Rights(Acls acls, Optional<String> principal) {
  /** Those of somebody where there are no rules. */
  public static Rights unlimited(Optional<String> principal) {
    return new Rights(Acls.none(), principal);
  }

  /** Whether this may be done to an object. */
  public boolean allow(Action action, String object) {
    return acls.allows(action, principal, Optional.of(object));
  }

  /** Whether this may be done where there is but one object, or it is not known which. */
  public boolean allow(Action action) {
    return acls.allows(action, principal, Optional.empty());
  }

  /** The answers for many objects. */
  public Permit on(Action action) {
    return acls.of(action, principal);
  }
}
