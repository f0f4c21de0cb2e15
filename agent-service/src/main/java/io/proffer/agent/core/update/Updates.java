package io.proffer.agent.core.update;

import com.google.protobuf.ByteString;
import io.proffer.agent.core.effect.ToMaster;
import io.proffer.agent.core.event.UpdateEvent;
import io.proffer.agent.core.fact.Executor;
import io.proffer.agent.core.fact.Framework;
import io.proffer.agent.core.fact.Link;
import io.proffer.agent.core.fact.StatusHistory;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.agent.core.fact.UpdateStream;
import io.proffer.agent.core.state.Turn;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The update streams, as rules use them. */
public final class Updates {
  private Updates() {}

  /** Puts a status at the end of its stream. Nobody hears what a terminating framework runs. */
  public static void report(Turn turn, TaskKey key, TaskStatus given) {
    if (turn.state()
        .frameworks()
        .find(key.framework())
        .filter(Framework::terminating)
        .isPresent()) {
      return;
    }
    var status = DrainWords.of(turn, key, given);
    var task = turn.state().tasks().find(key);
    var history = task.map(row -> history(turn, row, status)).orElse(List.of());
    var seen = task.map(row -> seen(turn, row, status)).orElse(List.of());
    turn.emit(new UpdateEvent.Queued(key, status, turn.state().nextSequence(), history, seen));
    sendHead(turn, key);
  }

  /** Where there is no memory left the newest status stands for all. */
  private static List<TaskStatus> history(Turn turn, Task task, TaskStatus status) {
    var limits = turn.state().limits();
    var left = limits.room().tasks() - turn.state().held();
    return StatusHistory.with(
        task.statuses(),
        status,
        limits.rememberedUpdates(),
        left + StatusHistory.weight(task.statuses()));
  }

  /** Whether an executor has said this of a task before. */
  public static boolean isKnown(Turn turn, Executor executor, TaskStatus status) {
    var state = turn.state();
    var key = key(executor, status);
    var uuid = status.getUuid();
    return state.tasks().find(key).filter(task -> task.seen().contains(uuid)).isPresent()
        || state.streams().find(key).filter(stream -> stream.holds(uuid)).isPresent()
        || state.settled(executor.container()).stream()
            .anyMatch(one -> one.key().equals(key) && one.seen().contains(uuid));
  }

  /** The task that an executor speaks of. */
  public static TaskKey key(Executor executor, TaskStatus status) {
    return new TaskKey(executor.key().framework(), TaskId.of(status.getTaskId()));
  }

  /** Only executors send an update again; the agent itself never does. */
  private static List<ByteString> seen(Turn turn, Task task, TaskStatus status) {
    if (task.executor().isEmpty()) {
      return List.of();
    }
    var all = new ArrayList<>(task.seen());
    all.add(status.getUuid());
    var over = all.size() - turn.state().limits().rememberedUpdates();
    return over > 0 ? all.subList(over, all.size()) : all;
  }

  /** Sends the head of a stream unless it is on its way or there is no master. */
  public static void sendHead(Turn turn, TaskKey key) {
    var stream = turn.state().streams().find(key);
    if (stream.isPresent() && stream.get().sends() == 0) {
      send(turn, stream.get());
    }
  }

  /** Sends the head of a stream, on its way or not. */
  public static void send(Turn turn, UpdateStream stream) {
    if (!(turn.state().link() instanceof Link.Registered link)) {
      return;
    }
    var head = stream.head();
    var retry = turn.after(wait(turn, stream.sends()));
    turn.emit(new UpdateEvent.Sent(stream.key(), head.getUuid(), retry));
    turn.send(new ToMaster.Update(link.session(), stream.key().framework(), head, stream.latest()));
  }

  /** There is no master: nothing is sent again until there is one. */
  public static void pause(Turn turn) {
    for (var stream : turn.state().streams().all()) {
      if (stream.sends() > 0) {
        turn.emit(new UpdateEvent.Paused(stream.key()));
      }
    }
  }

  /** Forgets the updates of a task that nobody waits for any more. */
  public static void drop(Turn turn, UpdateStream stream) {
    turn.emit(
        new UpdateEvent.Dropped(
            stream.key(), stream.waiting().stream().map(TaskStatus::getUuid).toList()));
  }

  /** How long to wait for an acknowledgement after so many earlier sends: doubling to a limit. */
  private static Duration wait(Turn turn, int sends) {
    var times = turn.state().times();
    var wait = times.updateRetryMin();
    for (var i = 0; i < sends && wait.compareTo(times.updateRetryMax()) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(times.updateRetryMax()) < 0 ? wait : times.updateRetryMax();
  }
}
