package io.proffer.api.acl;

import java.util.List;
import java.util.Optional;

/** What one principal may do of one action: made once for many objects. */
public final class Permit {
  private final List<Acls.Rule> rules;
  private final boolean otherwise;

  /**
   * @param rules those about the principal, in order
   * @param otherwise what holds when none of them is about the object
   */
  Permit(List<Acls.Rule> rules, boolean otherwise) {
    this.rules = rules;
    this.otherwise = otherwise;
  }

  /** Whether it may be done to this; empty for what is not known, or is no single object. */
  public boolean allows(Optional<String> object) {
    for (var rule : rules) {
      if (rule.objects().matches(object)) {
        return rule.allows();
      }
    }
    return otherwise;
  }

  /** Whether it may be done to this. */
  public boolean allows(String object) {
    return allows(Optional.of(object));
  }

  /** Whether it may be done to everything, so that nobody need look at single objects. */
  public boolean isUnlimited() {
    for (var rule : rules) {
      if (!rule.allows()) {
        return false;
      }
      if (rule.objects() instanceof Entity.Any) {
        return true;
      }
    }
    return otherwise;
  }
}
