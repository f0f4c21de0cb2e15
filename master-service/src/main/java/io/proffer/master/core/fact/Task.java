package io.proffer.master.core.fact;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import java.util.List;
import java.util.Optional;

/**
 * A task as the tables hold it: compact fields, and the serialised {@link TaskInfo} parsed on
 * demand.
 *
 * @param executor empty for command tasks
 * @param resources with their allocation role
 * @param info the serialised TaskInfo
 * @param state the newest state known, which frees the resources when it is terminal
 * @param forwarded the update its agent forwarded last, which may lag behind {@code state}
 * @param history the newest status per distinct consecutive state, without data
 */
public record Task(
    FrameworkId framework,
    TaskId id,
    AgentId agent,
    Optional<ExecutorId> executor,
    String role,
    Resources resources,
    ByteString info,
    TaskState state,
    Optional<Forwarded> forwarded,
    StatusHistory history) {

  /** An update on its way: its state and its uuid. */
  public record Forwarded(TaskState state, ByteString uuid) {}

  /** Whether it still has the resources it was given; out of reach it has not. */
  public boolean usesResources() {
    return switch (state) {
      case TASK_STAGING, TASK_STARTING, TASK_RUNNING, TASK_KILLING, TASK_UNKNOWN -> true;
      case TASK_FINISHED,
          TASK_FAILED,
          TASK_KILLED,
          TASK_ERROR,
          TASK_LOST,
          TASK_DROPPED,
          TASK_UNREACHABLE,
          TASK_GONE,
          TASK_GONE_BY_OPERATOR ->
          false;
    };
  }

  /** The statuses, the oldest first. Parsed anew at each call. */
  public List<TaskStatus> statuses() {
    return history.all(this);
  }

  /** The newest status; empty before the first update. */
  public Optional<TaskStatus> latestStatus() {
    return history.latest(this);
  }

  /** When the first update was made, in seconds since 1970; 0 before it. */
  public double firstTimestamp() {
    return history.firstTimestamp(this);
  }

  /** The TaskInfo as the framework gave it. Parsed anew at each call. */
  public TaskInfo taskInfo() {
    try {
      return TaskInfo.parseFrom(info);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("task " + id + " holds bytes that are no TaskInfo", e);
    }
  }

  /** The same row in this state. */
  public Task withState(TaskState state) {
    return new Task(
        framework, id, agent, executor, role, resources, info, state, forwarded, history);
  }

  /** The same row with another standing of its updates, and one status more. */
  public Task withUpdate(TaskState state, Optional<Forwarded> forwarded, TaskStatus status) {
    return new Task(
        framework,
        id,
        agent,
        executor,
        role,
        resources,
        info,
        state,
        forwarded,
        history.with(status, this));
  }

  /** The same row with one status more in its history. */
  public Task withStatus(TaskStatus status) {
    return withUpdate(state, forwarded, status);
  }
}
