package io.proffer.agent.core.command;

import com.google.protobuf.ByteString;
import io.proffer.agent.core.fact.Claims;
import io.proffer.agent.core.fact.ExecutorKey;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.TaskStatus;
import java.util.List;
import java.util.Optional;

/** What custom executors ask, and how their streams end (executor-api, section 2). */
public sealed interface ExecutorCommand extends Command {
  /** Who speaks, as it says. */
  ExecutorKey executor();

  /** Who speaks, as it has proved; empty where nobody asks. */
  Optional<Claims> claims();

  /**
   * SUBSCRIBE: events shall come on this stream. The answer is what the stream gets: SUBSCRIBED, or
   * SHUTDOWN, or a refusal.
   *
   * @param tasks that it was given and of which no update was acknowledged to it
   * @param updates that were not acknowledged to it, the oldest first
   */
  record Subscribe(
      ExecutorKey executor,
      Optional<Claims> claims,
      String stream,
      List<TaskId> tasks,
      List<TaskStatus> updates)
      implements ExecutorCommand {
    /** Of somebody whom nobody asked. */
    public Subscribe(
        ExecutorKey executor, String stream, List<TaskId> tasks, List<TaskStatus> updates) {
      this(executor, Optional.empty(), stream, tasks, updates);
    }

    public Subscribe {
      tasks = List.copyOf(tasks);
      updates = List.copyOf(updates);
    }
  }

  /** UPDATE: news of a task. */
  record Update(ReplyTo replyTo, ExecutorKey executor, Optional<Claims> claims, TaskStatus status)
      implements ExecutorCommand {
    /** Of somebody whom nobody asked. */
    public Update(ReplyTo replyTo, ExecutorKey executor, TaskStatus status) {
      this(replyTo, executor, Optional.empty(), status);
    }
  }

  /** MESSAGE: data for the scheduler, best effort. */
  record Message(ReplyTo replyTo, ExecutorKey executor, Optional<Claims> claims, ByteString data)
      implements ExecutorCommand {
    /** Of somebody whom nobody asked. */
    public Message(ReplyTo replyTo, ExecutorKey executor, ByteString data) {
      this(replyTo, executor, Optional.empty(), data);
    }
  }

  /** A stream of it is over. */
  record Disconnected(ExecutorKey executor, String stream) implements ExecutorCommand {
    /** That a stream has ended is what the agent saw itself. */
    @Override
    public Optional<Claims> claims() {
      return Optional.empty();
    }
  }
}
