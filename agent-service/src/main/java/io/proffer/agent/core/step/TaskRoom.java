package io.proffer.agent.core.step;

import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.fact.Framework;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.fact.Weight;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.validate.Refusal;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.TaskStatus.Reason;
import java.util.Optional;

/** Whether there is memory for one more task with all that was written into it. */
public final class TaskRoom {
  private static final long KB = 1024;

  private TaskRoom() {}

  /** Why not; empty when there is. */
  public static Optional<Refusal> check(Turn turn, MasterCommand.RunTask run) {
    var state = turn.state();
    var room = state.limits().room();
    var task = Task.PLACE + Weight.of(run.task());
    if (task > room.task()) {
      return Optional.of(
          new Refusal(
              Refusal.Outcome.ERROR,
              Reason.REASON_TASK_INVALID,
              "The task takes %d KB of the agent's memory, and a task may take %d KB (--max_task_bytes): keep what is large in a file that the task reads"
                  .formatted(task / KB, room.task() / KB)));
    }
    var more = task + Task.PLACE + unknown(turn, run);
    return state.held() + more > room.tasks()
        ? Optional.of(
            new Refusal(
                Refusal.Outcome.DROPPED,
                Reason.REASON_CONTAINER_LAUNCH_FAILED,
                "The tasks of this agent take %d KB of its memory, and this one takes %d KB (--task_bytes is %d KB): launch it elsewhere, or when others have ended"
                    .formatted(state.held() / KB, more / KB, room.tasks() / KB)))
        : Optional.empty();
  }

  /** What the agent has to learn of its framework. */
  private static long unknown(Turn turn, MasterCommand.RunTask run) {
    var known = turn.state().frameworks().find(FrameworkId.of(run.framework().getId()));
    return known.map(Framework::info).filter(run.framework()::equals).isPresent()
        ? 0
        : Weight.of(run.framework());
  }
}
