package io.proffer.master.log;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.trace.TaskHops;
import io.proffer.api.trace.Trip;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.kernel.Frame;
import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.command.Command;
import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.effect.Effect;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.TaskEvent;
import java.util.List;

/**
 * Where tasks are between ACCEPT and the acknowledgement of TASK_RUNNING, for {@code
 * --trace_tasks}. Known by its framework, its agent and its id: frameworks choose ids each for
 * itself, and may use one again on another agent.
 */
public final class TaskTrace {
  private static final String FORWARDED = "RUNNING forwarded";

  private final TaskHops hops;

  public TaskTrace(TaskHops hops) {
    this.hops = hops;
  }

  /** A command was decoded, and will have its turn. From any thread. */
  public void asked(Command command) {
    switch (command) {
      case SchedulerCommand.Accept accept -> {
        for (var operation : accept.operations()) {
          var framework = accept.caller().framework();
          operation.getLaunch().getTaskInfosList().forEach(task -> accepted(framework, task));
          operation
              .getLaunchGroup()
              .getTaskGroup()
              .getTasksList()
              .forEach(task -> accepted(framework, task));
        }
      }
      case AgentCommand.Update update when isRunning(update.status()) ->
          hops.hop(key(update.framework(), update.agent(), update.status()), "RUNNING received");
      case SchedulerCommand.Acknowledge acknowledge ->
          hops.end(
              key(acknowledge.caller().framework(), acknowledge.agent(), acknowledge.task()),
              "acknowledged",
              FORWARDED);
      default -> {}
    }
  }

  private void accepted(FrameworkId framework, TaskInfo task) {
    hops.begin(
        key(framework, task),
        new Trip.Task(framework.toString(), task.getTaskId().getValue()),
        "ACCEPT decoded");
  }

  /** A command had its turn. */
  public void decided(Frame<Event, Effect> frame) {
    for (var event : frame.events()) {
      switch (event) {
        case TaskEvent.Launched(var task) ->
            hops.hop(key(task.framework(), task.agent(), task.id()), "decided");
        case TaskEvent.Refused(var framework, var task, var status) ->
            hops.forget(key(framework, AgentId.of(status.getAgentId()), task));
        case TaskEvent.Unreachable(var framework, var task, var status, var since) ->
            hops.forget(key(framework, AgentId.of(status.getAgentId()), task));
        // The task may be over already while the word that it runs is still on its way.
        case TaskEvent.Updated updated when !isOnItsWay(updated.status().getState()) ->
            hops.forget(
                key(
                    updated.framework(),
                    AgentId.of(updated.status().getAgentId()),
                    updated.task()));
        default -> {}
      }
    }
  }

  /** What is stored leaves. */
  public void leaves(List<Effect> effects) {
    for (var effect : effects) {
      switch (effect) {
        case ToAgent.RunTask run ->
            hops.hop(key(FrameworkId.of(run.framework().getId()), run.task()), "launch sent");
        case ToFramework.Update update when isRunning(update.status()) ->
            hops.arrive(
                key(update.framework(), AgentId.of(update.status().getAgentId()), update.status()),
                FORWARDED);
        default -> {}
      }
    }
  }

  private static boolean isRunning(TaskStatus status) {
    return status.getState() == TaskState.TASK_RUNNING;
  }

  private static boolean isOnItsWay(TaskState state) {
    return state == TaskState.TASK_STAGING
        || state == TaskState.TASK_STARTING
        || state == TaskState.TASK_RUNNING;
  }

  private static String key(FrameworkId framework, TaskInfo task) {
    return key(framework, AgentId.of(task.getAgentId()), TaskId.of(task.getTaskId()));
  }

  private static String key(FrameworkId framework, AgentId agent, TaskStatus status) {
    return key(framework, agent, TaskId.of(status.getTaskId()));
  }

  private static String key(FrameworkId framework, AgentId agent, TaskId task) {
    return task + " of framework " + framework + " on agent " + agent;
  }
}
