package io.proffer.master.core.step.operation;

import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.TaskId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.event.ExecutorEvent;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Executor;
import io.proffer.master.core.fact.StatusHistory;
import io.proffer.master.core.fact.Task;
import io.proffer.master.core.validate.LaunchCompletion;
import io.proffer.master.core.validate.TaskValidation;
import java.util.Optional;

/**
 * One task: checked, put on the books and sent to its agent. The first task of a custom executor
 * brings the executor with it, and pays for it.
 */
final class LaunchTask {
  private LaunchTask() {}

  /** Answers what is left of the resources available. */
  static Resources run(TaskInfo given, Resources available, Launch launch) {
    var info = LaunchCompletion.launch(given, launch.role(), launch.framework().id());
    var refusal = refusal(info, available, launch);
    if (refusal.isPresent()) {
      Launches.refuse(info, refusal.get(), launch);
      return available;
    }
    var agent = launch.agent().orElseThrow();
    var executor = newExecutor(info, agent, launch);
    executor.ifPresent(row -> launch.turn().emit(new ExecutorEvent.Launched(row)));
    var resources = Resources.of(info.getResourcesList());
    launch.turn().emit(new TaskEvent.Launched(row(info, resources, agent, launch)));
    // An agent refuses a task that expects an executor which has ended meanwhile.
    boolean launchExecutor = executor.isPresent() || !info.hasExecutor();
    launch
        .turn()
        .send(
            new ToAgent.RunTask(
                agent.session().orElseThrow(), launch.framework().info(), info, launchExecutor));
    return available
        .minus(resources)
        .minus(executor.map(Executor::resources).orElse(Resources.empty()));
  }

  /** The executor that has to be started for the task. */
  private static Optional<Executor> newExecutor(TaskInfo info, Agent agent, Launch launch) {
    var id = executorId(info);
    if (id.isEmpty() || launch.executor(id.get()).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new Executor(
            launch.framework().id(),
            id.get(),
            agent.id(),
            launch.role(),
            Resources.of(info.getExecutor().getResourcesList()),
            info.getExecutor().toByteString(),
            false));
  }

  /** Empty for a command task, whose executor is the agent's own affair. */
  private static Optional<ExecutorId> executorId(TaskInfo info) {
    return info.hasExecutor()
        ? Optional.of(ExecutorId.of(info.getExecutor().getExecutorId()))
        : Optional.empty();
  }

  private static Task row(TaskInfo info, Resources resources, Agent agent, Launch launch) {
    return new Task(
        launch.framework().id(),
        TaskId.of(info.getTaskId()),
        agent.id(),
        executorId(info),
        launch.role(),
        resources,
        info.toByteString(),
        TaskState.TASK_STAGING,
        Optional.empty(),
        StatusHistory.empty());
  }

  private static Optional<Refusal> refusal(TaskInfo info, Resources available, Launch launch) {
    var tasks = launch.turn().state().tasks();
    var framework = launch.framework().id();
    var id = TaskId.of(info.getTaskId());
    if (tasks.isKillAsked(framework, id) && tasks.find(framework, id).isEmpty()) {
      return Optional.of(
          new Refusal(
              TaskState.TASK_KILLED,
              TaskStatus.Reason.REASON_TASK_KILLED_DURING_LAUNCH,
              "Killed before delivery to the executor"));
    }
    if (launch.agent().filter(agent -> agent.orders().drain().isPresent()).isPresent()) {
      return Optional.of(
          new Refusal(
              launch.framework().partitionAware() ? TaskState.TASK_DROPPED : TaskState.TASK_LOST,
              TaskStatus.Reason.REASON_AGENT_DRAINING,
              "Task was received while agent was already draining"));
    }
    return launch
        .forbids(info)
        .map(Refusal::unauthorized)
        .or(
            () ->
                TaskValidation.checkLaunch(info, launch.context(available)).map(Refusal::invalid));
  }
}
