package io.proffer.agent.core.step;

import io.proffer.agent.core.event.TaskEvent;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.Executor;
import io.proffer.agent.core.fact.Settled;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.update.Updates;
import io.proffer.api.v1.TaskStatus;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Knows again what executors have said of tasks that are over, also after a restart: until they
 * come back without it, for then they have heard that the agent has it.
 */
public final class Settle {
  private Settle() {}

  /** A task is over; nothing is kept of one that had no executor of its own, or none any more. */
  static void task(Turn turn, Task task) {
    var executor = task.container();
    if (turn.state().hosts().find(executor).isEmpty()) {
      return;
    }
    turn.emit(new TaskEvent.Settled(executor, new Settled(task.key(), task.seen())));
    var known = turn.state().settled(executor);
    var over = known.size() - turn.state().limits().completedTasks();
    if (over > 0) {
      forget(turn, executor, known.subList(0, over));
    }
  }

  /** An executor has come back with these updates: it needs no others. */
  public static void heard(Turn turn, Executor executor, Collection<TaskStatus> updates) {
    var listed = new LinkedHashSet<TaskKey>();
    for (var update : updates) {
      listed.add(Updates.key(executor, update));
    }
    var rest =
        turn.state().settled(executor.container()).stream()
            .filter(one -> !listed.contains(one.key()))
            .toList();
    forget(turn, executor.container(), rest);
  }

  /** An executor is gone. */
  static void all(Turn turn, Executor executor) {
    forget(turn, executor.container(), turn.state().settled(executor.container()));
  }

  private static void forget(Turn turn, ContainerId executor, List<Settled> some) {
    if (!some.isEmpty()) {
      turn.emit(new TaskEvent.Forgotten(executor, some.stream().map(Settled::key).toList()));
    }
  }
}
