package io.proffer.api.resource;

import java.util.Collection;
import java.util.Optional;

/** Names of roles: paths of components, {@code a/b/c}, or {@code *} (resources.md, 9). */
public final class Roles {
  /** The role of whoever names none, and the mark of what nobody reserved. */
  public static final String ANY = "*";

  /**
   * What one of our own is kept under may be as long, with what stands before it ({@code
   * kernel.Write}). The reference has no limit, and no role that comes near.
   */
  public static final int LONGEST = 480;

  private static final int SHOWN = 40;

  private Roles() {}

  /** Whether {@code role} lies below {@code ancestor} in the tree of roles, and is not the same. */
  public static boolean isStrictSubRole(String role, String ancestor) {
    return role.length() > ancestor.length()
        && role.charAt(ancestor.length()) == '/'
        && role.startsWith(ancestor);
  }

  /** The role at the root of the tree this one is in. */
  public static String topLevel(String role) {
    int slash = role.indexOf('/');
    return slash < 0 ? role : role.substring(0, slash);
  }

  /** What is wrong with the first bad one of these roles. */
  public static Optional<String> check(Collection<String> roles) {
    for (var role : roles) {
      var error = check(role);
      if (error.isPresent()) {
        return error;
      }
    }
    return Optional.empty();
  }

  /** What is wrong with this name, if anything. */
  public static Optional<String> check(String role) {
    if (role.equals(ANY)) {
      return Optional.empty();
    }
    if (role.isEmpty()) {
      return Optional.of("Role names cannot be the empty string");
    }
    if (role.length() > LONGEST) {
      return Optional.of(
          "Role '%s...' cannot have more than %d characters, but has %d"
              .formatted(role.substring(0, SHOWN), LONGEST, role.length()));
    }
    if (role.startsWith("/")) {
      return Optional.of("Role '" + role + "' cannot start with a slash");
    }
    if (role.endsWith("/")) {
      return Optional.of("Role '" + role + "' cannot end with a slash");
    }
    if (role.contains("//")) {
      return Optional.of("Role '" + role + "' cannot contain two adjacent slashes");
    }
    for (var component : role.split("/", -1)) {
      var error = checkComponent(role, component);
      if (error.isPresent()) {
        return error;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> checkComponent(String role, String component) {
    if (component.equals(".") || component.equals("..") || component.equals(ANY)) {
      return Optional.of("Role '" + role + "' cannot include '" + component + "' as a component");
    }
    if (component.startsWith("-")) {
      return Optional.of(
          "Role component '" + component + "' is invalid because it starts with a dash");
    }
    if (component.chars().anyMatch(Roles::isForbidden)) {
      return Optional.of(
          "Role component '"
              + component
              + "' is invalid because it contains backspace or whitespace");
    }
    return Optional.empty();
  }

  /** Tab, LF, VT, FF, CR, space, DEL, and backspace, which the text names. */
  private static boolean isForbidden(int c) {
    return (c >= 0x08 && c <= 0x0d) || c == ' ' || c == 0x7f;
  }
}
