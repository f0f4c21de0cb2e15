package io.proffer.master.core.validate;

import io.proffer.api.v1.Secret;
import java.util.Optional;

/** Whether a secret carries what its type says, and nothing else. */
final class SecretValidation {
  private static final Optional<String> FINE = Optional.empty();

  private SecretValidation() {}

  static Optional<String> check(Secret secret) {
    return switch (secret.getType()) {
      case REFERENCE ->
          check("REFERENCE", "reference", secret.hasReference(), "value", secret.hasValue());
      case VALUE -> check("VALUE", "value", secret.hasValue(), "reference", secret.hasReference());
      case UNKNOWN -> Optional.of("Secret must have the type REFERENCE or VALUE");
    };
  }

  private static Optional<String> check(
      String type, String needed, boolean hasNeeded, String other, boolean hasOther) {
    if (!hasNeeded) {
      return Optional.of("Secret of type " + type + " must have the '" + needed + "' field set");
    }
    return hasOther
        ? Optional.of("Secret of type " + type + " must not have the '" + other + "' field set")
        : FINE;
  }
}
