package io.proffer.agent.core.step;

import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.event.ExecutorEvent;
import io.proffer.agent.core.fact.Doom;
import io.proffer.agent.core.fact.Executor;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.state.Due;
import io.proffer.agent.core.state.Turn;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;

/** The agent runs again: an executor that it remembers is here still, or is not. */
public final class RecoverExecutor {
  private RecoverExecutor() {}

  /** One that is here must subscribe again; one that never has keeps the time that it had. */
  public static void join(Turn turn, Executor executor, boolean isFound) {
    if (!isFound) {
      EndHosted.of(turn, executor, EndHosted.UNKNOWN, task -> lost(turn, executor, task));
    } else if (executor.doom().isPresent()) {
      endAgain(turn, executor);
    } else if (executor.registered()) {
      var limit = turn.state().times().executorReregistration();
      turn.emit(new ExecutorEvent.Awaited(executor.key(), turn.after(limit)));
    }
  }

  /** Whether the order got there nobody knows; an executor in its grace period keeps the rest. */
  private static void endAgain(Turn turn, Executor executor) {
    if (executor.pid().isEmpty() || executor.doom().filter(Doom.SHUTDOWN::equals).isEmpty()) {
      turn.emit(new ExecutorEvent.Forced(executor.key()));
      turn.send(new ToContainer.Destroy(executor.container()));
    } else if (turn.state().deadlines().at(new Due.ForceExecutor(executor.key())).isEmpty()) {
      turn.send(new ToContainer.Destroy(executor.container()));
    }
  }

  private static TaskStatus lost(Turn turn, Executor executor, Task task) {
    if (executor.doom().isPresent()) {
      return DoomWords.of(turn, task, executor.doom().get());
    }
    return executor.pid().isPresent()
        ? ReportEnd.vanished(turn, task, TaskState.TASK_FAILED)
        : ReportEnd.missed(turn, task);
  }
}
