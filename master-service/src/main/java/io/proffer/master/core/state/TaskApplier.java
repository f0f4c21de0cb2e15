package io.proffer.master.core.state;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.TaskStatus;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.fact.Task;
import java.util.Optional;

/** What task events change. */
final class TaskApplier {
  private TaskApplier() {}

  static void apply(TaskEvent event, MasterState state) {
    var tasks = state.tasks();
    switch (event) {
      case TaskEvent.Launched(var task) -> add(task, state);
      case TaskEvent.Readded(var task) -> add(task, state);
      case TaskEvent.Refused(var framework, var task, _) ->
          tasks.forgetKill(new TaskKey(framework, task));
      case TaskEvent.Updated updated -> update(updated, state);
      // Goes to the agent; a terminal one is followed by Completed.
      case TaskEvent.Acknowledged _ -> {}
      case TaskEvent.KillAsked(var framework, var task, _) ->
          tasks.askKill(new TaskKey(framework, task));
      case TaskEvent.Unreachable(var framework, var id, var status, _) -> {
        var task = tasks.find(framework, id).orElseThrow();
        free(task, state);
        tasks.moveToUnreachable(task.withUpdate(status.getState(), task.forwarded(), status));
      }
      case TaskEvent.Completed(var framework, var id) -> {
        var task = find(tasks, framework, id);
        if (state.frameworks().isRemembered(framework)) {
          tasks.moveToCompleted(task);
        } else {
          tasks.drop(task);
        }
      }
    }
  }

  private static Task find(Tasks tasks, FrameworkId framework, TaskId id) {
    return tasks.find(framework, id).or(() -> tasks.findUnreachable(framework, id)).orElseThrow();
  }

  private static void add(Task task, MasterState state) {
    state.tasks().put(task);
    if (!TaskStates.isTerminal(task.state())) {
      state.agents().allocate(task.agent(), task.resources());
      state.frameworks().allocate(task.framework(), task.resources());
    }
  }

  private static void update(TaskEvent.Updated event, MasterState state) {
    var tasks = state.tasks();
    var status = event.status();
    var active = tasks.find(event.framework(), event.task());
    var task = find(tasks, event.framework(), event.task());
    var next = TaskStates.next(task.state(), event.latest());
    if (active.isPresent() && TaskStates.isTerminal(next)) {
      free(task, state);
    }
    var changed = task.withUpdate(next, forwarded(task, status), status);
    if (active.isPresent()) {
      tasks.replace(changed);
    } else {
      tasks.replaceUnreachable(changed);
    }
  }

  /** Takes the resources of a task that runs off the books; one that has ended has none there. */
  private static void free(Task task, MasterState state) {
    if (!TaskStates.isTerminal(task.state())) {
      state.agents().free(task.agent(), task.resources());
      state.frameworks().free(task.framework(), task.resources());
    }
  }

  private static Optional<Task.Forwarded> forwarded(Task task, TaskStatus status) {
    return status.hasUuid()
        ? Optional.of(new Task.Forwarded(status.getState(), status.getUuid()))
        : task.forwarded();
  }
}
