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
import java.util.ArrayList;
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
 * @param history the newest status per distinct consecutive state, without data and uuid; each
 *     serialised, because parsed ones take several times the room
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
    List<ByteString> history) {

  public Task {
    history = List.copyOf(history);
  }

  /** An update on its way: its state and its uuid. */
  public record Forwarded(TaskState state, ByteString uuid) {}

  /** The statuses, the oldest first. Parsed anew at each call. */
  public List<TaskStatus> statuses() {
    var statuses = new ArrayList<TaskStatus>(history.size());
    for (var bytes : history) {
      statuses.add(status(bytes));
    }
    return statuses;
  }

  /** The newest status; empty before the first update. */
  public Optional<TaskStatus> latestStatus() {
    return history.isEmpty() ? Optional.empty() : Optional.of(status(history.getLast()));
  }

  private TaskStatus status(ByteString bytes) {
    try {
      return TaskStatus.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("task " + id + " holds bytes that are no TaskStatus", e);
    }
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

  /** The same row with another standing of its updates. */
  public Task withUpdates(
      TaskState state, Optional<Forwarded> forwarded, List<ByteString> history) {
    return new Task(
        framework, id, agent, executor, role, resources, info, state, forwarded, history);
  }
}
