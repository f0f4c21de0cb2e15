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
 * A task as the tables hold it: compact fields, and the serialised {@link TaskInfo} parsed on demand.
 *
 * @param executor empty for command tasks
 * @param resources with their allocation role
 * @param info the serialised TaskInfo
 * @param state the newest state known, which frees the resources when it is terminal
 * @param forwarded the update that the framework has been sent and not acknowledged
 * @param statuses the newest status per distinct consecutive state, without data and uuid
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
    List<TaskStatus> statuses) {

  public Task {
    statuses = List.copyOf(statuses);
  }

  /** An update on its way: its state and its uuid. */
  public record Forwarded(TaskState state, ByteString uuid) {}

  /** The TaskInfo as the framework gave it. Parsed anew at each call. */
  public TaskInfo taskInfo() {
    try {
      return TaskInfo.parseFrom(info);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("task " + id + " holds bytes that are no TaskInfo", e);
    }
  }
}
