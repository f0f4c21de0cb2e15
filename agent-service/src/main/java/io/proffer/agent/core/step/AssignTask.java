package io.proffer.agent.core.step;

import io.proffer.agent.core.effect.ToExecutor;
import io.proffer.agent.core.event.ExecutorEvent;
import io.proffer.agent.core.event.TaskEvent;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.Executor;
import io.proffer.agent.core.fact.ExecutorKey;
import io.proffer.agent.core.fact.Framework;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.validate.Launchable;
import io.proffer.agent.core.validate.Refusal;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskStatus.Reason;
import java.util.Optional;

/** A task with an executor: given to the one that runs, or the executor is launched first. */
public final class AssignTask {
  /** The master believes that an executor runs which does not. */
  public static final Refusal NONE_RUNNING =
      dropped("No executor is expected to launch and there is none running");

  private AssignTask() {}

  /** Assigns it, or says why not. */
  public static Optional<Refusal> decide(
      Turn turn, Framework framework, TaskInfo info, boolean launchExecutor) {
    var limits = Launchable.checkLimits(info);
    if (limits.isPresent()) {
      return limits;
    }
    var id = new ExecutorKey(framework.id(), ExecutorId.of(info.getExecutor().getExecutorId()));
    var executor = turn.state().executors().find(id);
    if (executor.isPresent()) {
      return assign(turn, executor.get(), info);
    }
    return launchExecutor ? launch(turn, framework, id, info) : Optional.of(NONE_RUNNING);
  }

  /** Gives a task to an executor that reads its stream. */
  public static void deliver(Turn turn, Task task, String stream) {
    turn.emit(new TaskEvent.Delivered(task.key()));
    turn.send(new ToExecutor.Launch(stream, task.info()));
  }

  private static Optional<Refusal> assign(Turn turn, Executor executor, TaskInfo info) {
    if (executor.doom().isPresent()) {
      return Optional.of(dropped("Executor terminating"));
    }
    var task = admit(turn, executor, info);
    executor.stream().ifPresent(stream -> deliver(turn, task, stream));
    return Optional.empty();
  }

  private static Optional<Refusal> launch(
      Turn turn, Framework framework, ExecutorKey key, TaskInfo info) {
    var namesake = new TaskKey(key.framework(), new TaskId(key.executor().value()));
    if (turn.state().tasks().find(namesake).filter(task -> task.executor().isEmpty()).isPresent()) {
      return Optional.of(
          dropped("A command task of the executor's id is here, and is its own executor"));
    }
    var container = new ContainerId(turn.moment().ids().next().toString());
    var refusal = Launchable.check(info.getExecutor(), container);
    if (refusal.isPresent()) {
      return refusal;
    }
    var executor =
        Executor.launching(
            key,
            info.getExecutor(),
            container,
            LaunchOrder.directory(turn.state(), key, container));
    var limit = turn.state().times().executorRegistration();
    turn.emit(new ExecutorEvent.Admitted(executor, turn.after(limit), turn.wallAfter(limit)));
    admit(turn, executor, info);
    turn.send(LaunchOrder.of(turn.state(), framework, executor));
    return Optional.empty();
  }

  private static Task admit(Turn turn, Executor executor, TaskInfo info) {
    var task =
        Task.admitted(
            TaskKey.of(executor.key().framework(), info),
            info,
            executor.container(),
            executor.directory(),
            new Progress.Queued());
    turn.emit(new TaskEvent.Admitted(task));
    return task;
  }

  private static Refusal dropped(String why) {
    return new Refusal(Refusal.Outcome.DROPPED, Reason.REASON_EXECUTOR_TERMINATED, why);
  }
}
