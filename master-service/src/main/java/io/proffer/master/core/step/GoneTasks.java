package io.proffer.master.core.step;

import io.proffer.api.id.AgentId;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.master.core.event.WorkEvent;
import io.proffer.master.core.fact.Task;
import io.proffer.master.core.fact.Work;
import io.proffer.master.core.state.Turn;

/** What becomes of the tasks of agents that are marked gone (lifecycle, section 4). */
public final class GoneTasks {
  private GoneTasks() {}

  /** What the framework of one is told. */
  static TaskStatus status(Task task, Turn turn) {
    boolean aware = Statuses.partitionAware(task.framework(), turn);
    return Statuses.ended(
        task,
        aware ? TaskState.TASK_GONE_BY_OPERATOR : TaskState.TASK_LOST,
        aware
            ? TaskStatus.Reason.REASON_AGENT_REMOVED_BY_OPERATOR
            : TaskStatus.Reason.REASON_AGENT_REMOVED,
        ClearAgent.GONE,
        turn.moment());
  }

  /** Tasks of an agent that was out of reach already: nobody waits for them any more. */
  public static void clearUnreachable(AgentId agent, Turn turn) {
    if (!clearPage(agent, turn)) {
      turn.emit(
          new WorkEvent.Begun(turn.state().works().nextId(), new Work.ClearUnreachable(agent)));
    }
  }

  /** One slice more. */
  public static void resume(long workId, Work.ClearUnreachable work, Turn turn) {
    if (clearPage(work.agent(), turn)) {
      turn.emit(new WorkEvent.Ended(workId));
    }
  }

  private static boolean clearPage(AgentId agent, Turn turn) {
    var tasks = turn.state().tasks();
    for (var task : tasks.unreachable(agent, turn.settings().turnEntities())) {
      var status = status(task, turn);
      EndTask.end(task, status, turn);
      Statuses.tell(task.framework(), status, turn);
    }
    return tasks.countUnreachable(agent) == 0;
  }
}
