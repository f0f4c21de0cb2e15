package io.proffer.master.core.step.operation;

import io.proffer.api.id.TaskId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.StatusHistory;
import io.proffer.master.core.fact.Task;
import io.proffer.master.core.validate.LaunchCompletion;
import io.proffer.master.core.validate.TaskValidation;
import java.util.Optional;

/** One command task: checked, put on the books and sent to its agent. */
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
    var resources = Resources.of(info.getResourcesList());
    var agent = launch.agent().orElseThrow();
    launch.turn().emit(new TaskEvent.Launched(row(info, resources, agent, launch)));
    launch
        .turn()
        .send(
            new ToAgent.RunTask(
                agent.session().orElseThrow(), launch.framework().info(), info, true));
    return available.minus(resources);
  }

  private static Task row(TaskInfo info, Resources resources, Agent agent, Launch launch) {
    return new Task(
        launch.framework().id(),
        TaskId.of(info.getTaskId()),
        agent.id(),
        Optional.empty(),
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
    return TaskValidation.checkLaunch(info, launch.context(available))
        .or(
            () ->
                info.hasExecutor()
                    ? Optional.of(
                        "Custom executors are not supported by this version of the master: give the"
                            + " task a CommandInfo")
                    : Optional.empty())
        .map(Refusal::invalid);
  }
}
