package io.proffer.master.core.step;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Task;
import io.proffer.master.core.state.Turn;
import java.util.Optional;

/** What the master says of one task it is asked about (scheduler-api, section 9). */
public final class ReconcileTask {
  private ReconcileTask() {}

  /** A task on the books: as forwarded last, else as it is. */
  public static TaskStatus known(Task task, Turn turn) {
    return Statuses.known(
        task,
        task.forwarded().map(Task.Forwarded::state).orElse(task.state()),
        TaskStatus.Reason.REASON_RECONCILIATION,
        "Reconciliation: Latest task state",
        turn.moment());
  }

  /** The answer for a task of which only the id is sure; empty when it is too early to say. */
  public static Optional<TaskStatus> answer(
      Framework framework, Call.Reconcile.Task asked, Turn turn) {
    var agent =
        asked.hasAgentId()
            ? Optional.of(AgentId.of(asked.getAgentId()))
            : Optional.<AgentId>empty();
    return answer(framework, TaskId.of(asked.getTaskId()), agent, turn);
  }

  /** The same, for a KILL of a task that is not on the books. */
  public static Optional<TaskStatus> answer(
      Framework framework, TaskId id, Optional<AgentId> agent, Turn turn) {
    var task = turn.state().tasks().find(framework.id(), id);
    if (task.isPresent()) {
      return Optional.of(known(task.get(), turn));
    }
    var agents = turn.state().agents();
    if (agent.isPresent() ? agents.recovered(agent.get()).isPresent() : agents.anyRecovered()) {
      return Optional.empty();
    }
    if (agent.flatMap(agents::find).isPresent()) {
      return Optional.of(
          unknown(
              framework,
              id,
              agent,
              TaskState.TASK_GONE,
              "Reconciliation: Task is unknown to the agent",
              turn));
    }
    var since = agent.flatMap(agents::unreachableSince);
    if (since.isPresent()) {
      var status =
          unknown(
              framework,
              id,
              agent,
              TaskState.TASK_UNREACHABLE,
              "Reconciliation: Task is unreachable",
              turn);
      return Optional.of(Statuses.unreachableSince(status, since.get()));
    }
    if (agent.filter(agents::isGone).isPresent()) {
      return Optional.of(
          unknown(
              framework,
              id,
              agent,
              TaskState.TASK_GONE_BY_OPERATOR,
              "Reconciliation: Task is gone",
              turn));
    }
    return Optional.of(
        unknown(
            framework, id, agent, TaskState.TASK_UNKNOWN, "Reconciliation: Task is unknown", turn));
  }

  private static TaskStatus unknown(
      Framework framework,
      TaskId id,
      Optional<AgentId> agent,
      TaskState state,
      String message,
      Turn turn) {
    return Statuses.unknown(
        id,
        agent,
        framework.partitionAware() ? state : TaskState.TASK_LOST,
        TaskStatus.Reason.REASON_RECONCILIATION,
        message,
        turn.moment());
  }
}
