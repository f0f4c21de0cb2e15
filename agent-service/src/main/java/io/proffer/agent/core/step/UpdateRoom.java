package io.proffer.agent.core.step;

import io.proffer.agent.core.effect.Rejection;
import io.proffer.agent.core.fact.Executor;
import io.proffer.agent.core.fact.Framework;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.agent.core.fact.Weight;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.update.Updates;
import io.proffer.api.v1.TaskStatus;
import java.util.Optional;

/**
 * Whether one more update of an executor may wait: executors may say more than anybody hears. What
 * is not taken stays with its executor, which has got no acknowledgement of it.
 */
public final class UpdateRoom {
  private static final long KB = 1024;

  private UpdateRoom() {}

  /** Why an UPDATE is not taken, now or ever; empty when it is. */
  public static Optional<Rejection> refusal(Turn turn, Executor executor, TaskStatus status) {
    if (takesNone(turn, executor, status)) {
      return Optional.empty();
    }
    var key = Updates.key(executor, status);
    var isLast = endsTask(turn, key, status);
    var tooMany = isLast ? Optional.<Rejection>empty() : tooMany(turn, key);
    if (tooMany.isPresent()) {
      return tooMany;
    }
    var room = turn.state().limits().room();
    return refusal(turn, status, isLast, isLast ? room.updates() : room.ordinaryUpdates());
  }

  /** Whether an update is taken that comes with a SUBSCRIBE: it cannot be refused by itself. */
  public static boolean fits(Turn turn, Executor executor, TaskStatus status) {
    return takesNone(turn, executor, status)
        || refusal(
                turn,
                status,
                endsTask(turn, Updates.key(executor, status), status),
                turn.state().limits().room().updates())
            .isEmpty();
  }

  /** Why an update can never be taken; empty when it can. */
  public static Optional<Rejection> tooLarge(Turn turn, Executor executor, TaskStatus status) {
    return takesNone(turn, executor, status)
        ? Optional.empty()
        : tooLarge(Weight.of(status), turn.state().limits().room().updates());
  }

  private static Optional<Rejection> refusal(
      Turn turn, TaskStatus status, boolean isLast, long bound) {
    var bytes = Weight.of(status);
    if (isLast && bytes <= Task.PLACE) {
      // The place of its task holds it: so many small ends there are at most.
      return Optional.empty();
    }
    var waiting = turn.state().streams().weight();
    return tooLarge(bytes, bound)
        .or(
            () ->
                waiting + bytes > bound
                    ? Optional.of(
                        Rejection.unavailable(
                            "Updates of %d KB wait for their frameworks, and this one takes %d KB (--update_bytes): send it again later"
                                .formatted(waiting / KB, bytes / KB)))
                    : Optional.empty());
  }

  private static Optional<Rejection> tooLarge(long bytes, long bound) {
    return bytes > bound
        ? Optional.of(
            Rejection.invalid(
                "Expected an update that takes up to %d KB of the agent's memory (--update_bytes), but this one takes %d KB: send less data or fewer labels, or let the framework read the data elsewhere"
                    .formatted(bound / KB, bytes / KB)))
        : Optional.empty();
  }

  private static Optional<Rejection> tooMany(Turn turn, TaskKey key) {
    var state = turn.state();
    var stream = state.streams().find(key);
    var most = state.limits().waitingUpdates();
    if (stream.filter(known -> known.waiting().size() >= most).isPresent()) {
      return Optional.of(
          Rejection.unavailable(
              "%d updates of task %s wait for its framework (--max_waiting_updates): send it again later"
                  .formatted(most, key.task())));
    }
    var strangers = state.limits().room().strangers();
    return stream.isEmpty() && state.tasks().find(key).isEmpty() && strangers(turn) >= strangers
        ? Optional.of(
            Rejection.unavailable(
                "Task %s is not here, and updates of %d such tasks wait for their frameworks (--max_unknown_tasks): send it again later"
                    .formatted(key.task(), strangers)))
        : Optional.empty();
  }

  private static long strangers(Turn turn) {
    var tasks = turn.state().tasks();
    return turn.state().streams().keys().stream().filter(key -> tasks.find(key).isEmpty()).count();
  }

  /** What has come before, what nobody hears, and what follows an end is kept nowhere. */
  private static boolean takesNone(Turn turn, Executor executor, TaskStatus status) {
    var state = turn.state();
    var key = Updates.key(executor, status);
    return Updates.isKnown(turn, executor, status)
        || state.frameworks().find(key.framework()).filter(Framework::terminating).isPresent()
        || state
            .tasks()
            .find(key)
            .filter(task -> task.progress() instanceof Progress.Ended)
            .isPresent();
  }

  /** Of these each task has one, and it stands for all that its framework waits for. */
  private static boolean endsTask(Turn turn, TaskKey key, TaskStatus status) {
    return Statuses.isTerminal(status.getState())
        && turn.state()
            .tasks()
            .find(key)
            .filter(task -> !(task.progress() instanceof Progress.Ended))
            .isPresent();
  }
}
