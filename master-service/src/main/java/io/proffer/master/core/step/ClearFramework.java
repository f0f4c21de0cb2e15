package io.proffer.master.core.step;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.WorkEvent;
import io.proffer.master.core.fact.Task;
import io.proffer.master.core.fact.Work;
import io.proffer.master.core.state.Turn;
import java.util.Optional;

/**
 * A framework goes for good: by TEARDOWN, or because its failover timeout passed.
 *
 * <p>Its id is refused from this turn on, and the removal is stored with it. The tasks and
 * executors of a big framework leave the books in later turns.
 */
public final class ClearFramework {
  private ClearFramework() {}

  /** Removes the framework; no task update is sent to it. */
  public static void remove(FrameworkId id, Turn turn) {
    var state = turn.state();
    EndOffers.dropOf(id, turn);
    Statuses.stream(id, turn)
        .ifPresent(
            streamId -> {
              Answers.forget(streamId, turn);
              turn.send(new ToFramework.Close(streamId));
            });
    for (var agent : state.agents().all()) {
      if (state.tasks().has(agent.id(), id) || state.executors().has(agent.id(), id)) {
        agent.session().ifPresent(session -> turn.send(new ToAgent.ShutdownFramework(session, id)));
      }
    }
    for (var task : state.tasks().unreachable(id)) {
      end(task, turn);
    }
    boolean done = clearPage(id, turn);
    var info = state.frameworks().find(id).orElseThrow().info();
    turn.emit(new FrameworkEvent.Removed(id, info, turn.moment().wall()));
    if (!done) {
      turn.emit(new WorkEvent.Begun(state.works().nextId(), new Work.ClearFramework(id)));
    }
  }

  /** One slice more. */
  public static void resume(long workId, Work.ClearFramework work, Turn turn) {
    if (clearPage(work.framework(), turn)) {
      turn.emit(new WorkEvent.Ended(workId));
    }
  }

  private static boolean clearPage(FrameworkId id, Turn turn) {
    int limit = turn.settings().turnEntities();
    var page = turn.state().tasks().page(id, Optional.empty(), limit);
    for (var taskId : page) {
      var task = turn.state().tasks().find(id, taskId).orElseThrow();
      end(task, turn);
    }
    EndExecutor.endAll(turn.state().executors().page(id, limit - page.size()), turn);
    return turn.state().tasks().count(id) + turn.state().executors().count(id) == 0;
  }

  /** A task of a framework that was removed is over, wherever it is. */
  static void end(Task task, Turn turn) {
    var status =
        Statuses.ended(
            task,
            TaskState.TASK_KILLED,
            TaskStatus.Reason.REASON_FRAMEWORK_REMOVED,
            "Framework " + task.framework() + " removed",
            turn.moment());
    EndTask.end(task, status, turn);
  }
}
