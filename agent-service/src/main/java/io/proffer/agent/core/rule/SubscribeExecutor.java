package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.ExecutorCommand;
import io.proffer.agent.core.effect.ToExecutor;
import io.proffer.agent.core.event.ExecutorEvent;
import io.proffer.agent.core.fact.Executor;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.step.AssignTask;
import io.proffer.agent.core.step.Callers;
import io.proffer.agent.core.step.DoomExecutor;
import io.proffer.agent.core.step.ReportEnd;
import io.proffer.agent.core.step.Settle;
import io.proffer.agent.core.step.TakeStatus;
import io.proffer.agent.core.step.UpdateRoom;
import io.proffer.agent.core.update.Updates;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.TaskStatus;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * SUBSCRIBE: an executor comes, or comes back (executor-api, section 2). What it says of updates is
 * taken first, however many wait already, as far as there is memory: it forgets those that are
 * acknowledged here and is told nothing of others. If some are left its stream ends, so that it
 * comes again and brings them.
 *
 * <p>Then it gets the tasks that wait for it.
 */
public final class SubscribeExecutor {
  private SubscribeExecutor() {}

  /** One that shall end, or that nobody needs any more, gets a SHUTDOWN instead. */
  public static void decide(ExecutorCommand.Subscribe subscribe, Turn turn) {
    var stream = subscribe.stream();
    var found =
        Callers.find(
            turn, subscribe, rejection -> turn.send(new ToExecutor.Refused(stream, rejection)));
    if (found.isEmpty()) {
      return;
    }
    var executor = found.get();
    var tooLarge =
        subscribe.updates().stream()
            .flatMap(update -> UpdateRoom.tooLarge(turn, executor, update).stream())
            .findFirst();
    if (tooLarge.isPresent()) {
      turn.send(new ToExecutor.Refused(stream, tooLarge.get()));
      return;
    }
    executor.stream().ifPresent(old -> turn.send(new ToExecutor.Close(old)));
    if (!executor.registered() && executor.doom().isEmpty()) {
      turn.emit(new ExecutorEvent.Registered(executor.key()));
    }
    if (executor.doom().isEmpty() && isIdle(turn, executor)) {
      DoomExecutor.shutDown(turn, executor, DoomExecutor.grace(turn, executor));
    }
    if (turn.state().executors().get(executor.key()).doom().isPresent()) {
      takeLastWords(subscribe, turn, executor);
      turn.emit(new ExecutorEvent.Disconnected(executor.key()));
      turn.send(new ToExecutor.Shutdown(stream));
      turn.send(new ToExecutor.Close(stream));
      return;
    }
    turn.emit(new ExecutorEvent.Connected(executor.key(), stream));
    var left = new ArrayList<TaskStatus>();
    var acknowledged = take(turn, executor, subscribe.updates(), left);
    Settle.heard(turn, executor, subscribe.updates());
    dropLost(subscribe, left, turn, executor);
    welcome(turn, executor, stream);
    for (var update : acknowledged) {
      turn.send(acknowledgement(stream, update));
    }
    for (var task : turn.state().tasksOf(executor)) {
      bringUpToDate(turn, task, stream);
    }
    if (!left.isEmpty()) {
      turn.emit(new ExecutorEvent.Disconnected(executor.key()));
      turn.send(new ToExecutor.Close(stream));
    }
  }

  /**
   * Takes what there is room for, of each task from its first update on.
   *
   * @param left gets the others
   * @return those to acknowledge
   */
  private static List<TaskStatus> take(
      Turn turn, Executor executor, List<TaskStatus> updates, List<TaskStatus> left) {
    var acknowledged = new ArrayList<TaskStatus>();
    var behind = new LinkedHashSet<TaskId>();
    for (var update : updates) {
      var task = TaskId.of(update.getTaskId());
      if (behind.contains(task) || !UpdateRoom.fits(turn, executor, update)) {
        behind.add(task);
        left.add(update);
      } else if (TakeStatus.of(turn, executor, update)) {
        acknowledged.add(update);
      }
    }
    if (!left.isEmpty()) {
      turn.emit(new ExecutorEvent.Overfull(executor.key(), left.size()));
    }
    return acknowledged;
  }

  /** Whatever becomes of it, what it says of tasks that are here is their true end. */
  private static void takeLastWords(
      ExecutorCommand.Subscribe subscribe, Turn turn, Executor executor) {
    var here =
        subscribe.updates().stream()
            .filter(update -> turn.state().tasks().find(Updates.key(executor, update)).isPresent())
            .toList();
    take(turn, executor, here, new ArrayList<>());
  }

  /** It was launched for tasks that were killed before it came. */
  private static boolean isIdle(Turn turn, Executor executor) {
    return !executor.registered()
        && turn.state().tasksOf(executor).stream()
            .noneMatch(task -> task.progress() instanceof Progress.Hosted);
  }

  /** Tasks that were sent and did not arrive: nothing was ever heard of them. */
  private static void dropLost(
      ExecutorCommand.Subscribe subscribe, List<TaskStatus> left, Turn turn, Executor executor) {
    var has = new LinkedHashSet<>(subscribe.tasks());
    left.forEach(update -> has.add(TaskId.of(update.getTaskId())));
    for (var task : turn.state().tasksOf(executor)) {
      if (isSent(task) && task.statuses().isEmpty() && !has.contains(task.key().task())) {
        ReportEnd.of(turn, task, ReportEnd.missed(turn, task));
      }
    }
  }

  private static boolean isSent(Task task) {
    return task.progress() instanceof Progress.Delivered
        || task.progress() instanceof Progress.Unwanted;
  }

  private static void welcome(Turn turn, Executor executor, String stream) {
    var state = turn.state();
    var agent = AgentInfo.newBuilder(state.facts().info());
    state.agent().map(AgentId::message).ifPresent(agent::setId);
    turn.send(
        new ToExecutor.Subscribed(
            stream,
            executor.info(),
            state.frameworks().get(executor.key().framework()).info(),
            agent.build(),
            executor.container()));
  }

  private static void bringUpToDate(Turn turn, Task task, String stream) {
    switch (task.progress()) {
      case Progress.Queued ignored -> AssignTask.deliver(turn, task, stream);
      case Progress.Unwanted(var policy) ->
          turn.send(new ToExecutor.Kill(stream, task.key().task(), policy));
      case Progress.Delivered ignored -> {}
      case Progress.Ended ignored -> {}
      case Progress.Own own -> throw notHosted(task);
    }
  }

  private static ToExecutor acknowledgement(String stream, TaskStatus update) {
    return new ToExecutor.Acknowledged(stream, TaskId.of(update.getTaskId()), update.getUuid());
  }

  private static IllegalStateException notHosted(Task task) {
    return new IllegalStateException(
        task.key() + " is in the container of an executor, but is " + task.progress());
  }
}
