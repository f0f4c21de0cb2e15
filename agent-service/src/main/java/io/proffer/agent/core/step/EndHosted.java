package io.proffer.agent.core.step;

import io.proffer.agent.core.effect.ToExecutor;
import io.proffer.agent.core.effect.ToMaster;
import io.proffer.agent.core.event.ExecutorEvent;
import io.proffer.agent.core.fact.Executor;
import io.proffer.agent.core.fact.Link;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.state.Turn;
import io.proffer.api.v1.TaskStatus;
import java.util.function.Function;

/** No process of an executor is left: neither are its tasks. */
public final class EndHosted {
  /** Of an executor of which nobody knows how it ended. */
  public static final int UNKNOWN = -1;

  private EndHosted() {}

  /**
   * Ends the executor, and each of its tasks that is not over.
   *
   * @param status as wait(2) gives it
   * @param last the terminal update of a task
   */
  public static void of(Turn turn, Executor executor, int status, Function<Task, TaskStatus> last) {
    var key = executor.key();
    // Before its tasks: a framework that has nothing left is forgotten with the last of them.
    Settle.all(turn, executor);
    turn.emit(new ExecutorEvent.Ended(key, status));
    executor.stream().ifPresent(stream -> turn.send(new ToExecutor.Close(stream)));
    if (turn.state().link() instanceof Link.Registered link) {
      turn.send(
          new ToMaster.ExecutorExited(link.session(), key.framework(), key.executor(), status));
    }
    for (var task : turn.state().tasksOf(executor)) {
      if (!(task.progress() instanceof Progress.Ended)) {
        ReportEnd.of(turn, task, last.apply(task));
      }
    }
    Leave.framework(turn, key.framework());
  }
}
