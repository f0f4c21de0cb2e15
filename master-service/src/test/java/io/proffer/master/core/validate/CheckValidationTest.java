package io.proffer.master.core.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.v1.CheckInfo;
import io.proffer.api.v1.HealthCheck;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckValidationTest {
  private static Optional<String> healthCheck(String text) {
    var builder = HealthCheck.newBuilder();
    Given.merge(text, builder);
    return CheckValidation.check(builder.build());
  }

  private static Optional<String> check(String text) {
    var builder = CheckInfo.newBuilder();
    Given.merge(text, builder);
    return CheckValidation.check(builder.build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "delay_seconds: 1 | HealthCheck must specify 'type'",
        "type: UNKNOWN | 'UNKNOWN' is not a valid health check type",
        "type: COMMAND | Expecting 'command' to be set for COMMAND health check",
        "type: COMMAND command { } | Command health check must contain 'shell command'",
        "type: COMMAND command { shell: false } |"
            + " Command health check must contain 'executable path'",
        "type: COMMAND command { value: 'v' environment { variables { name: 'X' } } } |"
            + " Health check's `CommandInfo` is invalid: Environment variable 'X' of type 'VALUE'"
            + " must have a value set",
        "type: HTTP | Expecting 'http' to be set for HTTP health check",
        "type: HTTP http { port: 1 scheme: 'x' } | Unsupported HTTP health check scheme: 'x'",
        "type: HTTP http { port: 1 path: 'p' } |"
            + " The path 'p' of HTTP health check must start with '/'",
        "type: TCP | Expecting 'tcp' to be set for TCP health check",
        "type: TCP tcp { port: 1 } delay_seconds: -1 |"
            + " Expecting 'delay_seconds' to be non-negative",
        "type: TCP tcp { port: 1 } grace_period_seconds: -1 |"
            + " Expecting 'grace_period_seconds' to be non-negative",
        "type: TCP tcp { port: 1 } interval_seconds: -1 |"
            + " Expecting 'interval_seconds' to be non-negative",
        "type: TCP tcp { port: 1 } timeout_seconds: nan |"
            + " Expecting 'timeout_seconds' to be non-negative",
      })
  void healthChecksMustBePossible(String text, String message) {
    assertEquals(Optional.of(message), healthCheck(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type: COMMAND command { value: 'v' }",
        "type: HTTP http { port: 1 scheme: 'https' path: '/p' }",
        "type: HTTP http { port: 1 }",
        "type: TCP tcp { port: 1 } timeout_seconds: 0"
      })
  void soundHealthChecksPass(String text) {
    assertEquals(Optional.empty(), healthCheck(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "delay_seconds: 1 | CheckInfo must specify 'type'",
        "type: UNKNOWN | 'UNKNOWN' is not a valid check type",
        "type: COMMAND | Expecting 'command' to be set for COMMAND check",
        "type: COMMAND command { command { } } | Command check must contain 'shell command'",
        "type: COMMAND command { command { shell: false } } |"
            + " Command check must contain 'executable path'",
        "type: HTTP | Expecting 'http' to be set for HTTP check",
        "type: HTTP http { port: 1 path: 'p' } | The path 'p' of HTTP check must start with '/'",
        "type: TCP | Expecting 'tcp' to be set for TCP check",
        "type: TCP tcp { port: 1 } delay_seconds: -1 |"
            + " Expecting 'delay_seconds' to be non-negative",
        "type: TCP tcp { port: 1 } interval_seconds: -1 |"
            + " Expecting 'interval_seconds' to be non-negative",
        "type: TCP tcp { port: 1 } timeout_seconds: -1 |"
            + " Expecting 'timeout_seconds' to be non-negative",
      })
  void checksMustBePossible(String text, String message) {
    assertEquals(Optional.of(message), check(text));
  }
}
