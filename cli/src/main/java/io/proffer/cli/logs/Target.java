package io.proffer.cli.logs;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.api.v1.TaskState;
import io.proffer.cli.client.ClientException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whose files are read.
 *
 * @param run of its executor, an id or {@code latest} where that is not told
 * @param ended whether the task will write no more
 */
record Target(String framework, String executor, String run, String agent, boolean ended) {
  private static final String LATEST = "latest";

  private static final Set<TaskState> GOING_ON =
      EnumSet.of(
          TaskState.TASK_STAGING,
          TaskState.TASK_STARTING,
          TaskState.TASK_RUNNING,
          TaskState.TASK_KILLING,
          TaskState.TASK_UNREACHABLE);

  /**
   * The one task that is meant.
   *
   * @param tasks those with its id, the newest first
   * @param framework whose, when that was said
   */
  static Target of(String task, JsonNode tasks, Optional<String> framework) throws ClientException {
    var found = new ArrayList<Target>();
    var frameworks = new ArrayList<String>();
    for (var each : tasks) {
      var owner = each.path("framework_id").asText();
      if (framework.map(owner::equals).orElse(true) && !frameworks.contains(owner)) {
        frameworks.add(owner);
        found.add(of(task, each, owner));
      }
    }
    if (found.isEmpty()) {
      throw ClientException.unusable(
          "The master knows no task '%s'%s. See 'proffer tasks'."
              .formatted(task, framework.map(id -> " of framework " + id).orElse("")));
    }
    if (found.size() > 1) {
      throw ClientException.unusable(
          "There is a task '%s' in each of these frameworks: %s. Choose one with --framework."
              .formatted(task, String.join(", ", frameworks)));
    }
    return found.getFirst();
  }

  private static Target of(String id, JsonNode task, String framework) {
    var executor = task.path("executor_id").asText();
    return new Target(
        framework,
        executor.isEmpty() ? id : executor,
        run(task.path("statuses")),
        task.path("slave_id").asText(),
        !goesOn(task.path("state").asText()));
  }

  /** An executor may have run again since: its newest run is another task's. */
  private static String run(JsonNode statuses) {
    var newest = LATEST;
    for (var status : statuses) {
      var container = status.at("/container_status/container_id");
      // One within another has no run of its own.
      if (container.has("value") && !container.has("parent")) {
        newest = container.get("value").asText();
      }
    }
    return newest;
  }

  private static boolean goesOn(String state) {
    return GOING_ON.stream().anyMatch(each -> each.name().equals(state));
  }

  /** The path of a file in the sandbox of its run. */
  String path(String file) {
    return "/frameworks/%s/executors/%s/runs/%s/%s".formatted(framework, executor, run, file);
  }
}
