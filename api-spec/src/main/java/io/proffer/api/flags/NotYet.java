package io.proffer.api.flags;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Flags of the reference that protect a service, and are not there yet. Who gives one relies on it,
 * so it is refused; what has no meaning here at all is passed over with a warning.
 */
final class NotYet {
  private static final Set<String> LOCKS =
      Set.of(
          "authenticators",
          "authorizer",
          "authorizers",
          "credentials",
          "firewall_rules",
          "http_authenticators",
          "http_credentials",
          "http_framework_authenticators");

  /** The reference's own kinds of locks, beside modules: what these ask for is done here too. */
  private static final Map<String, String> BUILT_IN =
      Map.of(
          "authenticators", "crammd5",
          "authorizer", "local",
          "authorizers", "local",
          "http_authenticators", "basic",
          "http_framework_authenticators", "basic");

  private NotYet() {}

  /** Why the flag cannot be given; empty when it does no harm to ignore it. */
  static Optional<String> refusal(String name, Optional<String> value) {
    var harmless = BUILT_IN.getOrDefault(name, "false");
    if (value.filter(text -> text.equals("false") || text.equals(harmless)).isPresent()) {
      return Optional.empty();
    }
    if (LOCKS.contains(name) || name.equals("authenticate") || name.startsWith("authenticate_")) {
      return Optional.of(
          "--%s is not supported yet: what it asks for would not be checked. Leave it out, and keep strangers away by what is there (docs/security.md), by a firewall or --ip=127.0.0.1"
              .formatted(name));
    }
    return Optional.empty();
  }
}
