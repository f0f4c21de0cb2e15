package io.proffer.agent.core.fact;

import com.google.protobuf.ByteString;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * The status updates of one task that its framework has not acknowledged, oldest first.
 *
 * @param sends how often the head was sent; 0 while it waits for the master
 * @param latest the newest state, which may be ahead of the head
 * @param weight how much memory it takes
 */
public record UpdateStream(
    TaskKey key, List<TaskStatus> waiting, int sends, TaskState latest, long weight) {
  /** What a stream takes beside what is in it. */
  private static final long PLACE = 512;

  public UpdateStream {
    waiting = List.copyOf(waiting);
  }

  /** A stream with nothing in it. */
  public static UpdateStream opened(TaskKey key) {
    return new UpdateStream(key, List.of(), 0, TaskState.TASK_STAGING, PLACE);
  }

  /** The one update that may be on its way. */
  public TaskStatus head() {
    return waiting.getFirst();
  }

  /** Whether this update is in it. */
  public boolean holds(ByteString uuid) {
    return waiting.stream().anyMatch(status -> status.getUuid().equals(uuid));
  }

  /** The same stream with one more update at its end. */
  public UpdateStream with(TaskStatus status) {
    var all = new ArrayList<>(waiting);
    all.add(status);
    return new UpdateStream(key, all, sends, status.getState(), weight + Weight.of(status));
  }

  /** The same stream, its head sent once more. */
  public UpdateStream sent() {
    return new UpdateStream(key, waiting, sends + 1, latest, weight);
  }

  /** The same stream as if its head had never been sent. */
  public UpdateStream paused() {
    return new UpdateStream(key, waiting, 0, latest, weight);
  }

  /** The same stream without its head. */
  public UpdateStream withoutHead() {
    return new UpdateStream(
        key, waiting.subList(1, waiting.size()), 0, latest, weight - Weight.of(head()));
  }
}
