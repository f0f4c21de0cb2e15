package io.proffer.agent.core.rule;

import io.proffer.agent.core.command.ExecutorCommand;
import io.proffer.agent.core.effect.Rejection;
import io.proffer.agent.core.effect.Reply;
import io.proffer.agent.core.effect.ToExecutor;
import io.proffer.agent.core.fact.Executor;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.agent.core.state.Turn;
import io.proffer.agent.core.step.Callers;
import io.proffer.agent.core.step.TakeStatus;
import io.proffer.agent.core.step.UpdateRoom;
import io.proffer.api.id.TaskId;
import java.util.Optional;

/** UPDATE: an executor's news of a task go to its framework; the executor may forget them then. */
public final class TakeUpdate {
  private TakeUpdate() {}

  /** Nobody speaks for the task of another executor. */
  public static void decide(ExecutorCommand.Update update, Turn turn) {
    var found =
        Callers.subscribed(
            turn, update, rejection -> turn.send(new Reply.Refused(update.replyTo(), rejection)));
    if (found.isEmpty()) {
      return;
    }
    var executor = found.get();
    var task = TaskId.of(update.status().getTaskId());
    var wrong = otherOwner(turn, executor, task);
    if (wrong.isPresent()) {
      turn.send(new Reply.Refused(update.replyTo(), wrong.get()));
      return;
    }
    var refusal = UpdateRoom.refusal(turn, executor, update.status());
    if (refusal.isPresent()) {
      turn.send(new Reply.Refused(update.replyTo(), refusal.get()));
      return;
    }
    turn.send(new Reply.Accepted(update.replyTo()));
    if (TakeStatus.of(turn, executor, update.status())) {
      executor.stream()
          .ifPresent(
              stream ->
                  turn.send(new ToExecutor.Acknowledged(stream, task, update.status().getUuid())));
    }
  }

  private static Optional<Rejection> otherOwner(Turn turn, Executor executor, TaskId task) {
    return turn.state()
        .tasks()
        .find(new TaskKey(executor.key().framework(), task))
        .filter(row -> !row.isOf(executor))
        .map(
            row ->
                Rejection.invalid(
                    "Expected news of a task of executor %s, but task %s is one of executor %s"
                        .formatted(executor.key().executor(), task, row.executorId())));
  }
}
