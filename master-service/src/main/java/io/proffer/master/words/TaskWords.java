package io.proffer.master.words;

import io.proffer.api.task.TaskMessage;
import io.proffer.master.core.fact.Task;

/** Tasks as operators see them. */
public final class TaskWords {
  private TaskWords() {}

  /** A task of GET_TASKS (json-shapes, Task). */
  public static io.proffer.api.v1.Task of(Task task) {
    var words =
        TaskMessage.describe(task.taskInfo(), task.framework())
            .setState(task.state())
            .addAllResources(task.resources().messages())
            .addAllStatuses(task.statuses());
    task.executor().ifPresent(executor -> words.setExecutorId(executor.message()));
    task.forwarded()
        .ifPresent(
            forwarded -> {
              words.setStatusUpdateState(forwarded.state());
              if (!forwarded.uuid().isEmpty()) {
                words.setStatusUpdateUuid(forwarded.uuid());
              }
            });
    return words.build();
  }
}
