package io.proffer.agent.log;

import io.proffer.agent.core.command.Command;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.effect.Effect;
import io.proffer.agent.core.effect.ToMaster;
import io.proffer.agent.core.event.Event;
import io.proffer.agent.core.event.TaskEvent;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.trace.TaskHops;
import io.proffer.api.trace.Trip;
import io.proffer.kernel.Frame;
import java.util.List;

/**
 * Where tasks are between the master's launch and the acknowledgement of TASK_RUNNING, for {@code
 * --trace_tasks}.
 */
public final class TaskTrace {
  private static final String SENT = "RUNNING sent";

  private final TaskHops hops;

  public TaskTrace(TaskHops hops) {
    this.hops = hops;
  }

  /** A command came, and will have its turn. From any thread. */
  public void asked(Command command) {
    switch (command) {
      case MasterCommand.RunTask run ->
          hops.begin(
              key(TaskKey.of(FrameworkId.of(run.framework().getId()), run.task())),
              new Trip.Task(run.framework().getId().getValue(), run.task().getTaskId().getValue()),
              "launch received");
      case MasterCommand.Acknowledge acknowledge ->
          hops.end(
              key(new TaskKey(acknowledge.framework(), acknowledge.task())), "acknowledged", SENT);
      default -> {}
    }
  }

  /** A command had its turn. */
  public void decided(Frame<Event, Effect> frame) {
    for (var event : frame.events()) {
      switch (event) {
        case TaskEvent.Admitted(var task) -> hops.hop(key(task.key()), "admitted");
        case TaskEvent.Started started -> hops.hop(key(started.key()), "container started");
        case TaskEvent.Refused(var key, var why) -> hops.forget(key(key));
        // Not when it has ended: the word that it ran may be on its way still.
        case TaskEvent.Completed(var key, var container) -> hops.forget(key(key));
        default -> {}
      }
    }
  }

  /** What was decided is stored, and its orders are carried out. */
  public void stored(Frame<Event, Effect> frame) {
    for (var event : frame.events()) {
      if (event instanceof TaskEvent.Admitted(var task)) {
        hops.hop(key(task.key()), "launch ordered");
      }
    }
  }

  /** What is stored leaves. */
  public void leaves(List<Effect> effects) {
    for (var effect : effects) {
      if (effect instanceof ToMaster.Update update) {
        var task = key(new TaskKey(update.framework(), TaskId.of(update.status().getTaskId())));
        switch (update.status().getState()) {
          case TASK_STAGING, TASK_STARTING -> {}
          case TASK_RUNNING -> hops.arrive(task, SENT);
          // Nothing that comes after it is a way to TASK_RUNNING.
          default -> hops.forget(task);
        }
      }
    }
  }

  private static String key(TaskKey key) {
    return key.task() + " of framework " + key.framework();
  }
}
