package io.proffer.master.core.step;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.TimeInfo;
import io.proffer.kernel.Moment;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Task;
import io.proffer.master.core.state.Turn;
import java.time.Instant;
import java.util.Optional;

/**
 * Statuses the master makes, field by field as scheduler-api, section 7 has them. None has a uuid.
 */
public final class Statuses {
  private Statuses() {}

  /** Whether the framework knows more states than TASK_LOST; false of one that is not here. */
  static boolean partitionAware(FrameworkId framework, Turn turn) {
    return turn.state().frameworks().find(framework).filter(Framework::partitionAware).isPresent();
  }

  /** About a task that is in no table: a refused launch, or an id nobody knows. */
  public static TaskStatus unknown(
      TaskId task,
      Optional<AgentId> agent,
      TaskState state,
      TaskStatus.Reason reason,
      String message,
      Moment moment) {
    var status = of(task, state, reason, message, moment);
    agent.ifPresent(id -> status.setAgentId(id.message()));
    return status.build();
  }

  /** About a launch that was refused. */
  public static TaskStatus refused(
      TaskInfo task, TaskState state, TaskStatus.Reason reason, String message, Moment moment) {
    return of(TaskId.of(task.getTaskId()), state, reason, message, moment)
        .setAgentId(task.getAgentId())
        .build();
  }

  /** About a task that ended, or went out of reach, with its agent or its framework. */
  public static TaskStatus ended(
      Task task, TaskState state, TaskStatus.Reason reason, String message, Moment moment) {
    return withPlace(of(task.id(), state, reason, message, moment), task).build();
  }

  /** The same status with the time since when the agent has been out of reach. */
  public static TaskStatus unreachableSince(TaskStatus status, Instant since) {
    return status.toBuilder().setUnreachableTime(time(since)).build();
  }

  /** What is known of a task that is on the books. */
  public static TaskStatus known(
      Task task, TaskState state, TaskStatus.Reason reason, String message, Moment moment) {
    var status = withPlace(of(task.id(), state, reason, message, moment), task);
    task.latestStatus()
        .filter(TaskStatus::hasContainerStatus)
        .ifPresent(latest -> status.setContainerStatus(latest.getContainerStatus()));
    return status.build();
  }

  /** Sends a status to its framework, if it is there to hear it. */
  public static void tell(FrameworkId framework, TaskStatus status, Turn turn) {
    stream(framework, turn)
        .ifPresent(streamId -> turn.send(new ToFramework.Update(streamId, framework, status)));
  }

  /** The open stream of a framework. */
  public static Optional<String> stream(FrameworkId framework, Turn turn) {
    return turn.state().frameworks().find(framework).flatMap(Framework::stream);
  }

  /** Nanoseconds since 1970. */
  public static TimeInfo time(Instant at) {
    return TimeInfo.newBuilder()
        .setNanoseconds(at.getEpochSecond() * 1_000_000_000L + at.getNano())
        .build();
  }

  /** Seconds since 1970. */
  public static double seconds(Instant at) {
    return at.getEpochSecond() + at.getNano() / 1e9;
  }

  private static TaskStatus.Builder of(
      TaskId task, TaskState state, TaskStatus.Reason reason, String message, Moment moment) {
    return TaskStatus.newBuilder()
        .setTaskId(task.message())
        .setState(state)
        .setSource(TaskStatus.Source.SOURCE_MASTER)
        .setReason(reason)
        .setMessage(message)
        .setTimestamp(seconds(moment.wall()));
  }

  private static TaskStatus.Builder withPlace(TaskStatus.Builder status, Task task) {
    task.executor().map(ExecutorId::message).ifPresent(status::setExecutorId);
    return status.setAgentId(task.agent().message());
  }
}
