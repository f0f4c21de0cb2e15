package io.proffer.agent.core.command;

import com.google.protobuf.ByteString;
import io.proffer.agent.core.fact.ExecutorKey;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.TaskStatus;
import java.util.List;

/** What custom executors ask, and how their streams end (executor-api, section 2). */
public sealed interface ExecutorCommand extends Command {
  /** Who speaks, as it says. */
  ExecutorKey executor();

  /**
   * SUBSCRIBE: events shall come on this stream. The answer is what the stream gets: SUBSCRIBED, or
   * SHUTDOWN, or a refusal.
   *
   * @param tasks that it was given and of which no update was acknowledged to it
   * @param updates that were not acknowledged to it, the oldest first
   */
  record Subscribe(
      ExecutorKey executor, String stream, List<TaskId> tasks, List<TaskStatus> updates)
      implements ExecutorCommand {
    public Subscribe {
      tasks = List.copyOf(tasks);
      updates = List.copyOf(updates);
    }
  }

  /** UPDATE: news of a task. */
  record Update(ReplyTo replyTo, ExecutorKey executor, TaskStatus status)
      implements ExecutorCommand {}

  /** MESSAGE: data for the scheduler, best effort. */
  record Message(ReplyTo replyTo, ExecutorKey executor, ByteString data)
      implements ExecutorCommand {}

  /** A stream of it is over. */
  record Disconnected(ExecutorKey executor, String stream) implements ExecutorCommand {}
}
