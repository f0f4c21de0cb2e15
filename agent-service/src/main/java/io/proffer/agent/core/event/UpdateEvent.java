package io.proffer.agent.core.event;

import com.google.protobuf.ByteString;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.api.v1.TaskStatus;
import java.util.List;

/** What became true of status updates. */
public sealed interface UpdateEvent extends Event {

  /**
   * A status that must reach the framework; it stands at the end of its task's stream.
   *
   * @param sequence higher than that of every update before it
   * @param history the statuses of the task, this one included; empty when it is not here
   * @param seen the uuids of the newest updates of its executor, this one included
   */
  record Queued(
      TaskKey key,
      TaskStatus status,
      long sequence,
      List<TaskStatus> history,
      List<ByteString> seen)
      implements UpdateEvent, Durable {
    public Queued {
      history = List.copyOf(history);
      seen = List.copyOf(seen);
    }
  }

  /** The head of a stream is on its way; it is sent again at {@code retryNanos}, monotonic. */
  record Sent(TaskKey key, ByteString uuid, long retryNanos) implements UpdateEvent {}

  /** There is no master: nothing is sent again until there is one. */
  record Paused(TaskKey key) implements UpdateEvent {}

  /** The framework has the head of the stream. */
  record Acknowledged(TaskKey key, ByteString uuid) implements UpdateEvent, Durable {}

  /** Nobody is left to hear these. */
  record Dropped(TaskKey key, List<ByteString> uuids) implements UpdateEvent, Durable {
    public Dropped {
      uuids = List.copyOf(uuids);
    }
  }
}
