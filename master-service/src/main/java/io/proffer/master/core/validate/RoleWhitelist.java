package io.proffer.master.core.validate;

import io.proffer.api.resource.Roles;
import java.util.List;
import java.util.Optional;

/** The roles an operator may speak of: {@code *} is always one. */
public final class RoleWhitelist {
  private RoleWhitelist() {}

  /** Whether this one is, where there may be only those of a list. */
  public static boolean has(String role, Optional<List<String>> whitelist) {
    return role.equals(Roles.ANY) || whitelist.map(roles -> roles.contains(role)).orElse(true);
  }
}
