package io.proffer.api.auth;

import io.proffer.api.acl.Acls;
import io.proffer.api.acl.Rights;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells what those who ask may do, by the rules of this moment.
 *
 * @param isConfigured whether an operator gave rules at all; some answers depend on it
 * @param acls the rules of this moment
 */
public record Authorizer(boolean isConfigured, Supplier<Acls> acls) {
  /** By the rules of a store, where there is one; else everything is allowed. */
  public static Authorizer of(Optional<AclStore> store) {
    return store
        .map(rules -> new Authorizer(true, rules::acls))
        .orElseGet(() -> new Authorizer(false, Acls::none));
  }

  /** Allows everything. */
  public static Authorizer open() {
    return of(Optional.empty());
  }

  /**
   * What this one may do.
   *
   * @param principal who asks, as they have proved; empty where nobody was asked
   */
  public Rights rights(Optional<String> principal) {
    return new Rights(acls.get(), principal);
  }
}
