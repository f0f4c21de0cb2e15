package io.proffer.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptTest {
  private final Attempt attempt = new Attempt("task-1");

  private static JsonNode status(String state, String message) {
    return JsonNodeFactory.instance.objectNode().put("state", state).put("message", message);
  }

  @Test
  void aRepeatedStateIsNoNewsAndNothingFollowsAnEnd() {
    assertFalse(attempt.launched());
    assertTrue(attempt.follow(status("TASK_RUNNING", "")));
    assertFalse(attempt.follow(status("TASK_RUNNING", "")));
    assertTrue(attempt.follow(status("TASK_FINISHED", "")));
    assertFalse(attempt.follow(status("TASK_LOST", "")));
    assertEquals("TASK_FINISHED", attempt.state());
    assertEquals(Optional.empty(), attempt.failure());
  }

  @Test
  void anUnreachableTaskMayComeBack() {
    attempt.follow(status("TASK_UNREACHABLE", ""));
    assertFalse(attempt.ended());
  }

  @ParameterizedTest
  @CsvSource({
    "TASK_FAILED, Command exited with status 3, 3",
    "TASK_FAILED, Command terminated with signal Killed, 1",
    "TASK_FAILED, Command exited with status 0, 1",
    "TASK_ERROR, Task uses no resources, 1",
    "TASK_KILLED, '', 1"
  })
  void theExitCodeIsThatOfTheCommandOrOne(String state, String message, int code) {
    attempt.follow(status(state, message));
    assertEquals(Optional.of(code), attempt.failure());
  }
}
