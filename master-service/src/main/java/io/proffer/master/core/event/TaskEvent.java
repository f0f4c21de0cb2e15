package io.proffer.master.core.event;

import com.google.protobuf.ByteString;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.master.core.fact.Task;
import java.time.Instant;
import java.util.Optional;

/** What became true of tasks. */
public sealed interface TaskEvent extends Event {

  /** Accepted from an offer and sent to its agent; its resources are used from now on. */
  record Launched(Task task) implements TaskEvent {}

  /** Reported by an agent that came back; its resources, unless it has ended, are used. */
  record Readded(Task task) implements TaskEvent {}

  /** A launch was refused: the task never ran and is in no table. */
  record Refused(FrameworkId framework, TaskId task, TaskStatus status) implements TaskEvent {}

  /**
   * A status arrived. Resources of a task that has thereby ended come back in an {@code
   * OfferEvent.Returned} of the same frame, unless it was out of reach and had lost them.
   *
   * @param latest the newest state the agent knows, which may be ahead of {@code status}
   * @param news the state that the task is in now; empty when this tells operators nothing, being
   *     the one before sent again
   * @param ended whether the task has thereby ended, which it does once
   */
  record Updated(
      FrameworkId framework,
      TaskId task,
      TaskStatus status,
      TaskState latest,
      Optional<TaskState> news,
      boolean ended)
      implements TaskEvent {}

  /** The framework acknowledged this update. */
  record Acknowledged(FrameworkId framework, TaskId task, ByteString uuid) implements TaskEvent {}

  /** KILL was asked for; it is remembered for agents that are away. */
  record KillAsked(FrameworkId framework, TaskId task, AgentId agent) implements TaskEvent {}

  /** Its agent is out of reach: it moved to the framework's unreachable tasks. */
  record Unreachable(FrameworkId framework, TaskId task, TaskStatus status, Instant since)
      implements TaskEvent {}

  /** It ended and that was acknowledged (or need not be): it moved to the completed tasks. */
  record Completed(FrameworkId framework, TaskId task) implements TaskEvent {}
}
