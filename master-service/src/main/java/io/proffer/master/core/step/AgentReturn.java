package io.proffer.master.core.step;

import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.scheduler.OfferConstraints;
import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Capabilities;
import io.proffer.master.core.fact.Executor;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.FrameworkLink;
import io.proffer.master.core.fact.Task;
import io.proffer.master.core.state.ExecutorKey;
import io.proffer.master.core.state.TaskKey;
import io.proffer.master.core.state.TaskStates;
import io.proffer.master.core.state.Turn;
import io.proffer.master.core.validate.FrameworkValidation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An agent is back: what it runs is brought together with the books. */
public final class AgentReturn {
  private AgentReturn() {}

  /**
   * The books know nothing of it: all it runs joins them.
   *
   * @param admitted whether the registry knew the agent
   * @param notice what the frameworks are told of each task; empty to tell them nothing
   */
  public static void welcome(
      Agent agent,
      boolean admitted,
      AgentCommand.Subscribe report,
      Optional<String> notice,
      Turn turn) {
    meetFrameworks(agent, admitted, report, turn);
    ReportedExecutors.tell(agent, report.ends(), turn);
    ReportedExecutors.readd(agent, report.executors(), turn);
    for (var reported : report.tasks()) {
      readd(agent, reported, turn)
          .filter(task -> !TaskStates.isTerminal(task.state()))
          .ifPresent(task -> notice.ifPresent(message -> tellBack(task, message, turn)));
    }
  }

  /**
   * The books know it: tasks it lacks are asked for, executors it lacks are forgotten, tasks that
   * were to be killed are killed now, and what runs unknown to the books joins them.
   *
   * @param outdated whether the books have it from a report that was made before the agent heard
   *     another master: what is in no report any more has ended since, and that master has told;
   *     where something has ended, that master may have launched something else
   */
  public static void compare(
      Agent agent, AgentCommand.Subscribe report, boolean outdated, Turn turn) {
    meetFrameworks(agent, true, report, turn);
    ReportedExecutors.forgetOthers(agent, report, outdated, turn);
    var reported = new LinkedHashSet<TaskKey>();
    report.tasks().forEach(task -> reported.add(key(task)));
    if (outdated) {
      forgetEnded(agent, reported, turn);
      report.tasks().forEach(task -> freeEnded(agent, task, turn));
    }
    ReportedExecutors.readd(agent, report.executors(), turn);
    for (var task : report.tasks()) {
      if (!TaskStates.isTerminal(task.getState())) {
        readd(agent, task, turn);
      }
    }
    askMissing(agent, reported, turn);
    killAgain(agent, reported, turn);
  }

  /**
   * Frameworks that are no more are shut down there; those of an agent that is new here become
   * known. The registry holds every framework with tasks on the agents it holds: one it lacks was
   * removed, even if a master that has started since does not remember it.
   */
  private static void meetFrameworks(
      Agent agent, boolean admitted, AgentCommand.Subscribe report, Turn turn) {
    var session = agent.session().orElseThrow();
    for (var info : report.frameworks()) {
      var id = FrameworkId.of(info.getId());
      var known = turn.state().frameworks().find(id);
      if (turn.state().isRemoved(id) || (admitted && known.isEmpty())) {
        turn.send(new ToAgent.ShutdownFramework(session, id));
      } else if (known.isEmpty()) {
        turn.emit(new FrameworkEvent.Added(recovered(id, info, turn)));
      } else if (!known.get().info().equals(info)) {
        turn.send(new ToAgent.UpdateFramework(session, known.get().info()));
      }
    }
  }

  /** A framework known from elsewhere, which has not subscribed to this master yet. */
  public static Framework recovered(FrameworkId id, FrameworkInfo info, Turn turn) {
    return new Framework(
        id,
        info.toBuilder().setId(id.message()).build(),
        Capabilities.of(info),
        FrameworkValidation.roles(info),
        List.of(),
        OfferConstraints.getDefaultInstance(),
        new FrameworkLink.Recovered(),
        turn.moment().wall(),
        Optional.empty(),
        Resources.empty(),
        Resources.empty());
  }

  /** The task on the books, if it was not there before and its framework may have it. */
  private static Optional<Task> readd(Agent agent, io.proffer.api.v1.Task reported, Turn turn) {
    var key = key(reported);
    var framework = turn.state().frameworks().find(key.framework());
    if (framework.isEmpty() || turn.state().tasks().find(key.framework(), key.task()).isPresent()) {
      return Optional.empty();
    }
    var task = ReportedTasks.row(framework.get(), agent, reported, executor(agent, reported, turn));
    turn.emit(new TaskEvent.Readded(task));
    return Optional.of(task);
  }

  private static Optional<Executor> executor(
      Agent agent, io.proffer.api.v1.Task reported, Turn turn) {
    return reported.hasExecutorId()
        ? turn.state()
            .executors()
            .find(
                new ExecutorKey(
                    agent.id(), key(reported).framework(), ExecutorId.of(reported.getExecutorId())))
        : Optional.empty();
  }

  private static void tellBack(Task task, String message, Turn turn) {
    var status =
        Statuses.known(
            task,
            task.state(),
            TaskStatus.Reason.REASON_AGENT_REREGISTERED,
            message,
            turn.moment());
    Statuses.tell(task.framework(), status, turn);
  }

  /** Not what was launched here meanwhile: that may be on its way still. */
  private static void forgetEnded(Agent agent, Set<TaskKey> reported, Turn turn) {
    for (var key : turn.state().tasks().on(agent.id())) {
      turn.state()
          .tasks()
          .find(key.framework(), key.task())
          .filter(task -> !reported.contains(key) && ReportedTasks.isReported(task))
          .ifPresent(task -> EndTask.endUnheard(task, turn));
    }
  }

  /**
   * Before what runs in its place joins the books. The framework hears of the end by the update,
   * which the agent sends until it is acknowledged. Who says that a task has ended says by what.
   */
  private static void freeEnded(Agent agent, io.proffer.api.v1.Task reported, Turn turn) {
    var key = key(reported);
    var state = ReportedTasks.state(reported);
    if (TaskStates.isTerminal(state) && reported.getStatusesCount() > 0) {
      turn.state()
          .tasks()
          .find(key.framework(), key.task())
          .filter(task -> task.agent().equals(agent.id()) && task.usesResources())
          .ifPresent(task -> EndTask.update(task, forwarded(reported), state, turn));
    }
  }

  /** The update that is under way, which others of the task may wait for. */
  private static TaskStatus forwarded(io.proffer.api.v1.Task reported) {
    var all = reported.getStatusesList();
    return all.stream()
        .filter(status -> status.getUuid().equals(reported.getStatusUpdateUuid()))
        .findFirst()
        .orElse(all.getLast());
  }

  private static void askMissing(Agent agent, Set<TaskKey> reported, Turn turn) {
    var missing = new ArrayList<ToAgent.Missing>();
    for (var key : turn.state().tasks().on(agent.id())) {
      if (!reported.contains(key)) {
        turn.state()
            .frameworks()
            .find(key.framework())
            .ifPresent(f -> missing.add(new ToAgent.Missing(f.info(), key.task())));
      }
    }
    if (!missing.isEmpty()) {
      turn.send(new ToAgent.ReconcileTasks(agent.session().orElseThrow(), missing));
    }
  }

  private static void killAgain(Agent agent, Set<TaskKey> reported, Turn turn) {
    for (var key : reported) {
      if (turn.state().tasks().isKillAsked(key.framework(), key.task())) {
        turn.send(
            new ToAgent.KillTask(
                agent.session().orElseThrow(), key.framework(), key.task(), Optional.empty()));
      }
    }
  }

  private static TaskKey key(io.proffer.api.v1.Task reported) {
    return new TaskKey(FrameworkId.of(reported.getFrameworkId()), TaskId.of(reported.getTaskId()));
  }
}
