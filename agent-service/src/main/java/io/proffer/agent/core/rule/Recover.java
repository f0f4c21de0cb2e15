package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.HostCommand;
import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.event.AgentEvent;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.step.RecoverExecutor;
import io.proffer.agent.core.step.ReportEnd;
import io.proffer.agent.core.step.StopAgent;
import io.proffer.api.id.AgentId;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The agent runs again: what it remembers is joined with what the host still has.
 *
 * <pre>
 *   remembered and found     goes on; an order that may not have got there is given again
 *   remembered alone         its framework hears that it is over
 *   found alone              destroyed: nobody knows whose it is
 * </pre>
 */
public final class Recover {
  private Recover() {}

  /** Decides for all containers at once; ends are told by the containerizer. */
  public static void decide(HostCommand.Recover recover, Turn turn) {
    var state = turn.state();
    var info = AgentInfo.newBuilder(state.facts().info());
    state.agent().map(AgentId::message).ifPresent(info::setId);
    turn.emit(
        new AgentEvent.Recovered(
            info.build(), recover.bootId(), number(turn), recover.runtimeDir()));
    var found = new LinkedHashSet<>(recover.found());
    for (var task : state.tasks().all()) {
      if (task.progress() instanceof Progress.Own progress) {
        join(turn, task, progress, found);
      }
    }
    for (var executor : state.executors().all()) {
      RecoverExecutor.join(turn, executor, found.contains(executor.container()));
    }
    for (var container : found) {
      if (state.containers().find(container).isEmpty() && state.hosts().find(container).isEmpty()) {
        turn.send(new ToContainer.Destroy(container));
      }
    }
    if (recover.cleanup()) {
      StopAgent.begin(
          turn, "--recover=cleanup: what an earlier run left here is ended", Optional.empty());
    }
  }

  /**
   * Higher than that of any run before, also if that one was forgotten: after an orderly stop, or
   * with the work directory. If the clock was set back as well, a master that still has the earlier
   * run on its books lets the agent wait until it has given that one up.
   */
  private static long number(Turn turn) {
    return Math.max(turn.state().attempt().run() + 1, turn.moment().wall().toEpochMilli());
  }

  private static void join(Turn turn, Task task, Progress.Own progress, Set<ContainerId> found) {
    if (!found.contains(task.container())) {
      ReportEnd.of(turn, task, lost(turn, task, progress));
      return;
    }
    switch (progress) {
      case Progress.Recalled ignored -> turn.send(new ToContainer.Destroy(task.container()));
      case Progress.Killing kill ->
          turn.send(
              kill.forced()
                  ? new ToContainer.Destroy(task.container())
                  : new ToContainer.Terminate(task.container()));
      case Progress.Launching ignored -> {}
      case Progress.Running ignored -> {}
    }
  }

  private static TaskStatus lost(Turn turn, Task task, Progress.Own progress) {
    return switch (progress) {
      case Progress.Launching ignored -> ReportEnd.missed(turn, task);
      case Progress.Recalled ignored -> ReportEnd.recalled(turn, task);
      case Progress.Running ignored -> ReportEnd.vanished(turn, task, TaskState.TASK_FAILED);
      case Progress.Killing ignored -> ReportEnd.vanished(turn, task, TaskState.TASK_KILLED);
    };
  }
}
