package io.proffer.agent.core.effect;

import com.google.protobuf.ByteString;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.internal.Subscribe;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;

/** A record for one session with the master. Sessions that are gone ignore it. */
public sealed interface ToMaster extends Effect {
  String session();

  /**
   * Open a session; any other is closed.
   *
   * @param attempt counts from 0 since the agent was last registered, or started: which master of a
   *     list is asked
   */
  record Open(String session, int attempt, Subscribe subscribe) implements ToMaster {}

  /** Close the session; nothing more of it is wanted. */
  record Close(String session) implements ToMaster {}

  /** The agent leaves for good; the last record of its session. */
  record Unregister(String session) implements ToMaster {}

  /** A status update; sent again until it is acknowledged. */
  record Update(String session, FrameworkId framework, TaskStatus status, TaskState latest)
      implements ToMaster {}

  /** Data of an executor for its scheduler, best effort. */
  record Message(String session, FrameworkId framework, ExecutorId executor, ByteString data)
      implements ToMaster {}

  /**
   * An executor that the master has launched is not, or no more, here: its resources are free.
   *
   * @param status as wait(2) gives it, -1 when unknown
   */
  record ExecutorExited(String session, FrameworkId framework, ExecutorId executor, int status)
      implements ToMaster {}
}
