package io.proffer.agent.core.step;

import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.event.TaskEvent;
import io.proffer.agent.core.fact.KillCause;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.state.Due;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.update.Updates;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.KillPolicy;
import io.proffer.api.v1.TaskState;
import java.time.Duration;
import java.util.Optional;

/** Ends a task: SIGTERM to all its processes now, SIGKILL after the grace period. */
public final class TerminateTask {
  private TerminateTask() {}

  /** Begins it, or brings the end of one that has begun forward. */
  public static void begin(Turn turn, Task task, KillCause cause, Duration grace) {
    switch (task.progress()) {
      case Progress.Launching ignored -> {
        turn.emit(new TaskEvent.Recalled(task.key()));
        turn.send(new ToContainer.Destroy(task.container()));
      }
      case Progress.Running(long pid) -> {
        var now = turn.moment().monotonicNanos();
        turn.emit(
            new TaskEvent.KillBegun(
                task.key(),
                cause,
                now,
                turn.after(grace),
                turn.moment().wall(),
                turn.wallAfter(grace)));
        if (cause != KillCause.MAX_COMPLETION_TIME && wantsKilling(turn, task)) {
          var status = Statuses.fromExecutor(turn, task, pid, TaskState.TASK_KILLING).build();
          Updates.report(turn, task.key(), status);
        }
        turn.send(new ToContainer.Terminate(task.container()));
      }
      case Progress.Killing killing -> {
        var sooner = Turn.after(killing.sinceNanos(), grace);
        var force = turn.state().deadlines().at(new Due.Force(task.key()));
        if (force.isPresent() && sooner < force.getAsLong()) {
          var rest = Duration.ofNanos(sooner - turn.moment().monotonicNanos());
          turn.emit(new TaskEvent.KillHastened(task.key(), sooner, turn.wallAfter(rest)));
        }
      }
      case Progress.Recalled ignored -> {}
      // Its executor ends it, or ends with it.
      case Progress.Hosted ignored -> {}
      case Progress.Ended ignored -> {}
    }
  }

  /** How long a KILL waits: as the call says, else as the task says, else the default. */
  public static Duration grace(Turn turn, Task task, Optional<KillPolicy> call) {
    return grace(call).or(() -> taskGrace(task)).orElse(turn.state().times().killGrace());
  }

  /**
   * How long a shutdown waits: as the task says, else what the executor's own grace period leaves
   * when the reference's two seconds of reaping are taken off.
   */
  public static Duration shutdownGrace(Turn turn, Task task) {
    var rest = turn.state().times().shutdownGrace().minus(LaunchOrder.REAPING);
    return taskGrace(task).orElse(rest.isNegative() ? Duration.ZERO : rest);
  }

  private static Optional<Duration> taskGrace(Task task) {
    return task.info().hasKillPolicy()
        ? grace(Optional.of(task.info().getKillPolicy()))
        : Optional.empty();
  }

  private static Optional<Duration> grace(Optional<KillPolicy> policy) {
    return policy
        .filter(KillPolicy::hasGracePeriod)
        .map(p -> Duration.ofNanos(Math.max(0, p.getGracePeriod().getNanoseconds())));
  }

  private static boolean wantsKilling(Turn turn, Task task) {
    return turn.state()
        .frameworks()
        .find(task.key().framework())
        .filter(framework -> framework.can(FrameworkInfo.Capability.Type.TASK_KILLING_STATE))
        .isPresent();
  }
}
