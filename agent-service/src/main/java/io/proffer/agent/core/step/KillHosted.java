package io.proffer.agent.core.step;

import io.proffer.agent.core.effect.ToExecutor;
import io.proffer.agent.core.event.TaskEvent;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.state.Turn;
import io.proffer.api.v1.KillPolicy;
import java.util.Optional;

/** Ends a task that has an executor: only the executor can. */
public final class KillHosted {
  private KillHosted() {}

  /**
   * One that its executor was not given is over; an executor that is away is told on its return.
   */
  public static void decide(Turn turn, Task task, Optional<KillPolicy> policy) {
    switch (task.progress()) {
      case Progress.Queued ignored -> ReportEnd.of(turn, task, ReportEnd.recalled(turn, task));
      case Progress.Delivered ignored -> order(turn, task, policy);
      case Progress.Unwanted ignored -> order(turn, task, policy);
      case Progress.Ended ignored -> {}
      case Progress.Own own -> throw notHosted(task);
    }
  }

  private static void order(Turn turn, Task task, Optional<KillPolicy> policy) {
    var key = task.key();
    turn.emit(new TaskEvent.Unwanted(key, policy));
    turn.state().executors().get(turn.state().hosts().get(task.container())).stream()
        .ifPresent(stream -> turn.send(new ToExecutor.Kill(stream, key.task(), policy)));
  }

  private static IllegalStateException notHosted(Task task) {
    return new IllegalStateException(task.key() + " has an executor, but is " + task.progress());
  }
}
