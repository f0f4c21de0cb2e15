package io.proffer.master.core.validate;

import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.Environment;
import io.proffer.api.v1.Secret;
import java.util.Optional;

/** Whether a command's environment is sound (step 6). */
final class CommandValidation {
  private static final Optional<String> FINE = Optional.empty();

  private CommandValidation() {}

  static Optional<String> check(CommandInfo command) {
    for (var variable : command.getEnvironment().getVariablesList()) {
      var error = checkVariable(variable);
      if (error.isPresent()) {
        return error;
      }
    }
    return FINE;
  }

  private static Optional<String> checkVariable(Environment.Variable variable) {
    var subject = "Environment variable '" + variable.getName() + "'";
    return switch (variable.getType()) {
      case UNKNOWN -> Optional.of("Environment variable of type 'UNKNOWN' is not allowed");
      case VALUE -> {
        if (!variable.hasValue()) {
          yield Optional.of(subject + " of type 'VALUE' must have a value set");
        }
        yield variable.hasSecret()
            ? Optional.of(subject + " of type 'VALUE' must not have a secret set")
            : FINE;
      }
      case SECRET -> {
        if (!variable.hasSecret()) {
          yield Optional.of(subject + " of type 'SECRET' must have a secret set");
        }
        if (variable.hasValue()) {
          yield Optional.of(subject + " of type 'SECRET' must not have a value set");
        }
        yield checkSecret(variable.getSecret(), subject);
      }
    };
  }

  private static Optional<String> checkSecret(Secret secret, String subject) {
    var error = SecretValidation.check(secret);
    if (error.isPresent()) {
      return Optional.of(subject + " specifies an invalid secret: " + error.get());
    }
    for (byte letter : secret.getValue().getData()) {
      if (letter == 0) {
        return Optional.of(
            subject
                + " specifies a secret containing null bytes, which is not allowed in the"
                + " environment");
      }
    }
    return FINE;
  }
}
