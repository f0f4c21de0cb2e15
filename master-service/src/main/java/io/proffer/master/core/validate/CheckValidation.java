package io.proffer.master.core.validate;

import io.proffer.api.v1.CheckInfo;
import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.HealthCheck;
import java.util.Optional;

/** Whether checks and health checks can be carried out (executor-api.md, 13). */
final class CheckValidation {
  private static final Optional<String> FINE = Optional.empty();

  private CheckValidation() {}

  static Optional<String> check(HealthCheck check) {
    if (!check.hasType()) {
      return Optional.of("HealthCheck must specify 'type'");
    }
    var error =
        switch (check.getType()) {
          case COMMAND ->
              present(check.hasCommand(), "command", "COMMAND health check")
                  .or(() -> checkCommand(check.getCommand(), "health check", "Health check"));
          case HTTP ->
              present(check.hasHttp(), "http", "HTTP health check")
                  .or(() -> checkHttp(check.getHttp()));
          case TCP -> present(check.hasTcp(), "tcp", "TCP health check");
          case UNKNOWN -> Optional.of("'UNKNOWN' is not a valid health check type");
        };
    return error
        .or(() -> nonNegative("delay_seconds", check.getDelaySeconds()))
        .or(() -> nonNegative("grace_period_seconds", check.getGracePeriodSeconds()))
        .or(() -> nonNegative("interval_seconds", check.getIntervalSeconds()))
        .or(() -> nonNegative("timeout_seconds", check.getTimeoutSeconds()));
  }

  static Optional<String> check(CheckInfo check) {
    if (!check.hasType()) {
      return Optional.of("CheckInfo must specify 'type'");
    }
    var error =
        switch (check.getType()) {
          case COMMAND ->
              present(check.hasCommand(), "command", "COMMAND check")
                  .or(() -> checkCommand(check.getCommand().getCommand(), "check", "Check"));
          case HTTP ->
              present(check.hasHttp(), "http", "HTTP check")
                  .or(() -> checkPath(check.getHttp().getPath(), "HTTP check"));
          case TCP -> present(check.hasTcp(), "tcp", "TCP check");
          case UNKNOWN -> Optional.of("'UNKNOWN' is not a valid check type");
        };
    return error
        .or(() -> nonNegative("delay_seconds", check.getDelaySeconds()))
        .or(() -> nonNegative("interval_seconds", check.getIntervalSeconds()))
        .or(() -> nonNegative("timeout_seconds", check.getTimeoutSeconds()));
  }

  private static Optional<String> checkCommand(CommandInfo command, String what, String title) {
    if (!command.hasValue()) {
      var missing = command.getShell() ? "'shell command'" : "'executable path'";
      return Optional.of("Command " + what + " must contain " + missing);
    }
    return CommandValidation.check(command)
        .map(error -> title + "'s `CommandInfo` is invalid: " + error);
  }

  private static Optional<String> checkHttp(HealthCheck.HTTPCheckInfo http) {
    if (http.hasScheme() && !http.getScheme().equals("http") && !http.getScheme().equals("https")) {
      return Optional.of("Unsupported HTTP health check scheme: '" + http.getScheme() + "'");
    }
    return checkPath(http.getPath(), "HTTP health check");
  }

  private static Optional<String> checkPath(String path, String what) {
    return path.isEmpty() || path.startsWith("/")
        ? FINE
        : Optional.of("The path '" + path + "' of " + what + " must start with '/'");
  }

  private static Optional<String> present(boolean there, String field, String what) {
    return there ? FINE : Optional.of("Expecting '" + field + "' to be set for " + what);
  }

  private static Optional<String> nonNegative(String field, double value) {
    return value >= 0 ? FINE : Optional.of("Expecting '" + field + "' to be non-negative");
  }
}
