package io.proffer.master.core.step.operation;

import io.proffer.api.id.TaskId;
import io.proffer.api.resource.IdRules;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Task;
import java.util.List;
import java.util.Optional;

/** One command task: checked, put on the books and sent to its agent. */
final class LaunchTask {
  private LaunchTask() {}

  /** Answers what is left of the resources available. */
  static Resources run(TaskInfo info, Resources available, Launch launch) {
    var resources = Resources.of(info.getResourcesList());
    var refusal = refusal(info, resources, available, launch);
    if (refusal.isPresent()) {
      Launches.refuse(info, refusal.get(), launch);
      return available;
    }
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
        List.of());
  }

  private static Optional<Refusal> refusal(
      TaskInfo info, Resources resources, Resources available, Launch launch) {
    var tasks = launch.turn().state().tasks();
    if (tasks.isKillAsked(launch.framework().id(), TaskId.of(info.getTaskId()))
        && tasks.find(launch.framework().id(), TaskId.of(info.getTaskId())).isEmpty()) {
      return Optional.of(
          new Refusal(
              TaskState.TASK_KILLED,
              TaskStatus.Reason.REASON_TASK_KILLED_DURING_LAUNCH,
              "Killed before delivery to the executor"));
    }
    return check(info, resources, available, launch).map(Refusal::invalid);
  }

  private static Optional<String> check(
      TaskInfo info, Resources resources, Resources available, Launch launch) {
    var id = TaskId.of(info.getTaskId());
    var badId = IdRules.check(id.value());
    if (badId.isPresent()) {
      return badId;
    }
    var framework = launch.framework().id();
    var tasks = launch.turn().state().tasks();
    if (tasks.find(framework, id).isPresent()) {
      return Optional.of("Task has duplicate ID: " + id);
    }
    if (tasks.findUnreachable(framework, id).isPresent()) {
      return Optional.of("Task reuses the ID of an unreachable task: " + id);
    }
    if (!info.getAgentId().getValue().equals(launch.agentId().value())) {
      return Optional.of(
          "Task uses invalid agent "
              + info.getAgentId().getValue()
              + " while agent "
              + launch.agentId()
              + " is expected");
    }
    if (info.getResourcesCount() == 0) {
      return Optional.of("Task uses no resources");
    }
    if (info.hasExecutor() == info.hasCommand()) {
      return Optional.of(
          "Task should have at least one (but not both) of CommandInfo or ExecutorInfo present");
    }
    if (info.hasExecutor()) {
      return Optional.of(
          "Custom executors are not supported by this version of the master: give the task a"
              + " CommandInfo");
    }
    return available.contains(resources)
        ? Optional.empty()
        : Optional.of(
            "Total resources "
                + resources
                + " required by task and its executor is more than available "
                + available);
  }
}
