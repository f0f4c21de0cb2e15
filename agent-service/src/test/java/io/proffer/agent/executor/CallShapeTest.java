package io.proffer.agent.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.TextFormat;
import io.proffer.api.v1.executor.Call;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CallShapeTest {
  private static Optional<String> check(String text) {
    var call =
        "executor_id { value: 'e' } framework_id { value: 'f' } "
            + text.replace("UPDATE ", "OF TASK 't' ")
                .replaceAll(
                    "OF TASK ('[^']*')", "type: UPDATE update { status { task_id { value: $1 }")
                .replace("UUID ", "uuid: '0123456789abcdef' ")
                .replace("SOURCE ", "source: SOURCE_EXECUTOR ")
                .replace("RUNNING ", "state: TASK_RUNNING ");
    try {
      return CallShape.check(TextFormat.parse(call, Call.class));
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(call, e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "message { data: '' } | Expecting 'type' to be present",
        "type: SUBSCRIBE | Expecting 'subscribe' to be present",
        "type: UPDATE | Expecting 'update' to be present",
        "type: MESSAGE | Expecting 'message' to be present",
        "UPDATE RUNNING SOURCE } } | Expecting 'uuid' to be present",
        "UPDATE RUNNING SOURCE uuid: 'short' } } | Not a valid UUID",
        "type: SUBSCRIBE subscribe { unacknowledged_updates { status { task_id { value: 't' }"
            + " RUNNING SOURCE } } } | Expecting 'uuid' to be present",
        "OF TASK '' RUNNING UUID SOURCE } } | TaskID in TaskStatus: ID must not be empty",
        "OF TASK '..' RUNNING UUID SOURCE } } | TaskID in TaskStatus: '..' is disallowed",
        "OF TASK 'a\\tb' RUNNING UUID SOURCE } } |"
            + " TaskID in TaskStatus: 'a\tb' contains invalid characters",
        "type: SUBSCRIBE subscribe { unacknowledged_updates { status { task_id { value: '' } UUID"
            + " RUNNING SOURCE } } } | TaskID in TaskStatus: ID must not be empty",
        "UPDATE RUNNING UUID SOURCE executor_id { value: 'x' } } } |"
            + " ExecutorID in Call: e does not match ExecutorID in TaskStatus: x",
        "UPDATE RUNNING UUID } } | Received Call from executor e of framework f with invalid"
            + " source, expecting 'SOURCE_EXECUTOR'",
        "UPDATE RUNNING UUID source: SOURCE_AGENT } } | Received Call from executor e of framework"
            + " f with invalid source, expecting 'SOURCE_EXECUTOR'",
        "UPDATE state: TASK_STAGING UUID SOURCE } } |"
            + " Received TASK_STAGING from executor e of framework f which is not allowed",
        "UPDATE RUNNING UUID SOURCE check_status { } } } | CheckStatusInfo must specify 'type'",
        "UPDATE RUNNING UUID SOURCE check_status { type: COMMAND } } } |"
            + " Expecting 'command' to be set for COMMAND check's status",
        "UPDATE RUNNING UUID SOURCE check_status { type: HTTP } } } |"
            + " Expecting 'http' to be set for HTTP check's status",
        "UPDATE RUNNING UUID SOURCE check_status { type: TCP } } } |"
            + " Expecting 'tcp' to be set for TCP check's status",
        "UPDATE RUNNING UUID SOURCE check_status { type: UNKNOWN } } } |"
            + " 'UNKNOWN' is not a valid check's status type",
      })
  void whatIsMissingIsTold(String text, String message) {
    assertEquals(Optional.of(message), check(text));
  }

  @Test
  void anIdOfATaskIsNoLongerThanTheNameOfADirectory() {
    assertEquals(
        Optional.of("TaskID in TaskStatus: ID must not be greater than 255 characters"),
        check("OF TASK '" + "x".repeat(3_000_000) + "' RUNNING UUID SOURCE } }"));
  }

  @Test
  void anIdOfATaskEndsNoLine() {
    assertEquals(
        Optional.of("TaskID in TaskStatus: 'evil\nERROR' contains invalid characters"),
        check("OF TASK 'evil\\nERROR' RUNNING UUID SOURCE } }"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type: SUBSCRIBE subscribe { }",
        "type: HEARTBEAT",
        "type: UNKNOWN",
        "type: MESSAGE message { data: '' }",
        "UPDATE RUNNING UUID SOURCE executor_id { value: 'e' } } }",
        "UPDATE RUNNING UUID SOURCE check_status { type: TCP tcp { } } } }"
      })
  void soundCallsPass(String text) {
    assertEquals(Optional.empty(), check(text));
  }
}
