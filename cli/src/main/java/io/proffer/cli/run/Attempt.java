package io.proffer.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** One task of a job: not launched, on its way, or ended. */
final class Attempt {
  private static final Set<String> TERMINAL =
      Set.of(
          "TASK_FINISHED",
          "TASK_FAILED",
          "TASK_KILLED",
          "TASK_ERROR",
          "TASK_LOST",
          "TASK_DROPPED",
          "TASK_GONE",
          "TASK_GONE_BY_OPERATOR",
          "TASK_UNKNOWN");
  private static final Pattern STATUS = Pattern.compile("exited with status (\\d+)");

  private final String id;
  private String state = "";
  private String message = "";

  Attempt(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  /** The latest state, empty before the launch. */
  String state() {
    return state;
  }

  String message() {
    return message;
  }

  boolean launched() {
    return !state.isEmpty();
  }

  boolean ended() {
    return TERMINAL.contains(state);
  }

  boolean running() {
    return state.equals("TASK_RUNNING");
  }

  void launching() {
    state = "TASK_STAGING";
  }

  /** Takes over a status; true if it says something new. Nothing follows an end. */
  boolean follow(JsonNode status) {
    var next = status.path("state").asText();
    if (ended() || next.equals(state)) {
      return false;
    }
    state = next;
    message = status.path("message").asText("");
    return true;
  }

  /** The exit code this task gives the whole job: empty if it finished, 1 if it has none. */
  Optional<Integer> failure() {
    if (state.equals("TASK_FINISHED")) {
      return Optional.empty();
    }
    var matcher = STATUS.matcher(message);
    int code = matcher.find() ? Integer.parseInt(matcher.group(1)) : 1;
    return Optional.of(code == 0 ? 1 : code);
  }
}
