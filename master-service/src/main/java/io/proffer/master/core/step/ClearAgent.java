package io.proffer.master.core.step;

import io.proffer.api.id.AgentId;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.event.WorkEvent;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Task;
import io.proffer.master.core.fact.Work;
import io.proffer.master.core.fact.Work.ClearAgent.Loss;
import io.proffer.master.core.state.TaskKey;
import io.proffer.master.core.state.TaskStates;
import io.proffer.master.core.state.Turn;
import java.util.List;

/**
 * A registered agent is lost, for now (unreachable) or for good (removed, or gone by order).
 *
 * <p>Frameworks hear of their tasks, then of their offers, then of the agent; of executors they
 * hear nothing of their own. With more tasks and executors than a turn may touch, offers go first,
 * and the rest follows in later turns; until then the agent may not come back.
 */
public final class ClearAgent {
  /** What an agent that was marked gone hears. */
  public static final String GONE = "Agent has been marked gone";

  private ClearAgent() {}

  /** Out of reach; it may come back. */
  public static void markUnreachable(Agent agent, String message, Turn turn) {
    var since = turn.moment().wall();
    var work = new Work.ClearAgent(agent.id(), Loss.UNREACHABLE, message, since);
    begin(agent, work, new AgentEvent.MarkedUnreachable(agent.id(), since), turn);
  }

  /** Gone; nobody waits for it. */
  public static void remove(Agent agent, String cause, Turn turn) {
    var message = "Agent " + agent.info().getHostname() + " removed: " + cause;
    var work = new Work.ClearAgent(agent.id(), Loss.REMOVED, message, turn.moment().wall());
    begin(agent, work, new AgentEvent.Removed(agent.id()), turn);
  }

  /** Gone by order of an operator; it is sent away, and may not come back. */
  public static void markGone(Agent agent, Turn turn) {
    var work = new Work.ClearAgent(agent.id(), Loss.GONE, GONE, turn.moment().wall());
    begin(agent, work, new AgentEvent.MarkedGone(agent.id(), work.since()), turn);
    agent.session().ifPresent(session -> turn.send(new ToAgent.Shutdown(session, GONE)));
  }

  private static void begin(Agent agent, Work.ClearAgent work, AgentEvent lost, Turn turn) {
    var id = agent.id();
    boolean small = count(id, turn) <= turn.settings().turnEntities();
    if (small) {
      clearPage(work, turn);
      EndOffers.rescindOn(id, turn);
      turn.emit(lost);
      tellFailure(id, turn);
    } else {
      EndOffers.rescindOn(id, turn);
      turn.emit(lost);
      turn.emit(new WorkEvent.Begun(turn.state().works().nextId(), work));
    }
  }

  /** One slice more. */
  public static void resume(long workId, Work.ClearAgent work, Turn turn) {
    clearPage(work, turn);
    if (count(work.agent(), turn) == 0) {
      turn.emit(new WorkEvent.Ended(workId));
      tellFailure(work.agent(), turn);
    }
  }

  /** FAILURE of an agent, to every framework that listens. */
  public static void tellFailure(AgentId agent, Turn turn) {
    for (var framework : turn.state().frameworks().connected()) {
      framework.stream()
          .ifPresent(streamId -> turn.send(new ToFramework.AgentFailed(streamId, agent)));
    }
  }

  private static int count(AgentId agent, Turn turn) {
    return turn.state().tasks().count(agent) + turn.state().executors().count(agent);
  }

  private static void clearPage(Work.ClearAgent work, Turn turn) {
    int limit = turn.settings().turnEntities();
    var tasks = turn.state().tasks().page(work.agent(), limit);
    clear(tasks, work, turn);
    var executors = turn.state().executors().page(work.agent(), limit - tasks.size());
    EndExecutor.endAll(executors, turn);
  }

  private static void clear(List<TaskKey> tasks, Work.ClearAgent work, Turn turn) {
    for (var key : tasks) {
      var task = turn.state().tasks().find(key.framework(), key.task()).orElseThrow();
      if (turn.state().frameworks().find(task.framework()).isEmpty()) {
        ClearFramework.end(task, turn); // sooner than the rest of its framework's tasks
      } else if (TaskStates.isTerminal(task.state())) {
        // Its end is known, and nobody is left to acknowledge it to.
        turn.emit(new TaskEvent.Completed(task.framework(), task.id()));
      } else {
        switch (work.loss()) {
          case UNREACHABLE -> loseSight(task, work, turn);
          case REMOVED -> end(task, status(task, TaskState.TASK_LOST, work, turn), turn);
          case GONE -> markGone(task, work, turn);
        }
      }
    }
  }

  private static void end(Task task, TaskStatus status, Turn turn) {
    EndTask.end(task, status, turn);
    Statuses.tell(task.framework(), status, turn);
  }

  /** Lost tasks of frameworks that tell no losses apart are kept with the unreachable ones. */
  private static void markGone(Task task, Work.ClearAgent work, Turn turn) {
    var status = GoneTasks.status(task, turn);
    if (status.getState() == TaskState.TASK_GONE_BY_OPERATOR) {
      end(task, status, turn);
    } else {
      EndTask.loseSight(task, status, work.since(), turn);
      Statuses.tell(task.framework(), status, turn);
    }
  }

  private static void loseSight(Task task, Work.ClearAgent work, Turn turn) {
    boolean partitionAware =
        turn.state().frameworks().find(task.framework()).orElseThrow().partitionAware();
    var state = partitionAware ? TaskState.TASK_UNREACHABLE : TaskState.TASK_LOST;
    var status = Statuses.unreachableSince(status(task, state, work, turn), work.since());
    EndTask.loseSight(task, status, work.since(), turn);
    Statuses.tell(task.framework(), status, turn);
  }

  private static TaskStatus status(Task task, TaskState state, Work.ClearAgent work, Turn turn) {
    return Statuses.ended(
        task, state, TaskStatus.Reason.REASON_AGENT_REMOVED, work.message(), turn.moment());
  }
}
