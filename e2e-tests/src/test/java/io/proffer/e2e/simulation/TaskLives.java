package io.proffer.e2e.simulation;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.TaskState;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.TaskEvent;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** In a master's own view a task that has ended has ended. */
final class TaskLives {
  private static final Set<TaskState> TERMINAL =
      EnumSet.of(
          TaskState.TASK_FINISHED,
          TaskState.TASK_FAILED,
          TaskState.TASK_KILLED,
          TaskState.TASK_ERROR,
          TaskState.TASK_LOST,
          TaskState.TASK_DROPPED,
          TaskState.TASK_GONE,
          TaskState.TASK_GONE_BY_OPERATOR);

  private record Key(FrameworkId framework, TaskId task) {}

  private final World world;
  private final Map<Key, TaskState> ends = new HashMap<>();

  TaskLives(World world) {
    this.world = world;
  }

  static boolean isTerminal(TaskState state) {
    return TERMINAL.contains(state);
  }

  void follow(Event event) {
    switch (event) {
      case TaskEvent.Launched(var task) -> begin(new Key(task.framework(), task.id()), event);
      case TaskEvent.Readded(var task) ->
          comeBack(new Key(task.framework(), task.id()), task.state(), event);
      case TaskEvent.Unreachable(var framework, var task, var status, var since) ->
          require(!hasEnded(new Key(framework, task)), new Key(framework, task), event);
      case TaskEvent.Updated(
              var framework,
              var task,
              var status,
              var latest,
              var news,
              var ended) ->
          update(new Key(framework, task), latest, event);
      case FrameworkEvent.Removed(var id, var info, var at) ->
          ends.keySet().removeIf(key -> key.framework().equals(id));
      default -> {}
    }
  }

  private void begin(Key key, Event event) {
    if (ends.containsKey(key)) {
      throw world.broken("launched after its end: " + event);
    }
  }

  /** One that was only given up for lost may. */
  private void comeBack(Key key, TaskState state, Event event) {
    require(isTerminal(state) || !hasEnded(key), key, event);
    ends.remove(key);
    if (isTerminal(state)) {
      ends.put(key, state);
    }
  }

  private boolean hasEnded(Key key) {
    var end = ends.get(key);
    return end != null && end != TaskState.TASK_LOST;
  }

  private void require(boolean right, Key key, Event event) {
    if (!right) {
      throw world.broken("it had ended as " + ends.get(key) + ": " + event);
    }
  }

  private void update(Key key, TaskState latest, Event event) {
    // Another end is only noted: the first one stands.
    require(isTerminal(latest) || !ends.containsKey(key), key, event);
    if (isTerminal(latest)) {
      ends.putIfAbsent(key, latest);
    }
  }
}
