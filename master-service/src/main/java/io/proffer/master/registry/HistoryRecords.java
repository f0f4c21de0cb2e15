package io.proffer.master.registry;

import com.google.protobuf.InvalidProtocolBufferException;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.internal.CompletedFramework;
import io.proffer.api.internal.CompletedTask;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.TaskInfo;
import io.proffer.kernel.StoreException;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.FrameworkLink;
import io.proffer.master.core.fact.StatusHistory;
import io.proffer.master.core.fact.Task;
import java.time.Instant;
import java.util.Optional;

/** Completed frameworks and tasks as records (api-spec, history.proto). */
public final class HistoryRecords {
  /** The version of the format of all records written. */
  static final int FORMAT = 1;

  private HistoryRecords() {}

  /** The record of a completed framework. */
  public static byte[] write(Framework framework) {
    return CompletedFramework.newBuilder()
        .setFormatVersion(FORMAT)
        .setFramework(FrameworkRecords.of(framework))
        .setCompletedNanos(Instants.nanos(completed(framework)))
        .build()
        .toByteArray();
  }

  /** The record of a completed task. */
  public static byte[] write(Task task) {
    var record =
        CompletedTask.newBuilder()
            .setFormatVersion(FORMAT)
            .setFrameworkId(task.framework().message())
            .setAgentId(task.agent().message())
            .setRole(task.role())
            .addAllResources(task.resources().messages())
            .setInfo(task.info())
            .setState(task.state())
            .addAllStatuses(task.statuses());
    task.executor().ifPresent(executor -> record.setExecutorId(executor.message()));
    task.forwarded()
        .ifPresent(
            forwarded ->
                record.setForwardedState(forwarded.state()).setForwardedUuid(forwarded.uuid()));
    return record.build().toByteArray();
  }

  /**
   * A framework of its record.
   *
   * @throws StoreException when the record is of a newer format, or none
   */
  public static Framework framework(byte[] bytes) {
    try {
      var record = CompletedFramework.parseFrom(bytes);
      check(record.getFormatVersion());
      return FrameworkRecords.row(
          record.getFramework(),
          new FrameworkLink.Completed(Instants.of(record.getCompletedNanos())));
    } catch (InvalidProtocolBufferException e) {
      throw damaged(e);
    }
  }

  /**
   * A task of its record.
   *
   * @throws StoreException when the record is of a newer format, or none
   */
  public static Task task(byte[] bytes) {
    try {
      var record = CompletedTask.parseFrom(bytes);
      check(record.getFormatVersion());
      return row(record);
    } catch (InvalidProtocolBufferException e) {
      throw damaged(e);
    }
  }

  private static Task row(CompletedTask record) throws InvalidProtocolBufferException {
    var info = TaskInfo.parseFrom(record.getInfo());
    var task =
        new Task(
            FrameworkId.of(record.getFrameworkId()),
            TaskId.of(info.getTaskId()),
            AgentId.of(record.getAgentId()),
            record.hasExecutorId()
                ? Optional.of(ExecutorId.of(record.getExecutorId()))
                : Optional.empty(),
            record.getRole(),
            Resources.of(record.getResourcesList()),
            record.getInfo(),
            record.getState(),
            record.hasForwardedState()
                ? Optional.of(
                    new Task.Forwarded(record.getForwardedState(), record.getForwardedUuid()))
                : Optional.empty(),
            StatusHistory.empty());
    for (var status : record.getStatusesList()) {
      task = task.withStatus(status);
    }
    return task;
  }

  private static Instant completed(Framework framework) {
    if (framework.link() instanceof FrameworkLink.Completed(var at)) {
      return at;
    }
    throw new IllegalArgumentException(framework.id() + " is not completed");
  }

  private static void check(int format) {
    if (format > FORMAT) {
      throw new StoreException(
          "A record of the history has format %d, and this version of Proffer reads formats up to %d: start the newer version that wrote it, or remove the file."
              .formatted(format, FORMAT));
    }
  }

  private static StoreException damaged(InvalidProtocolBufferException e) {
    return new StoreException(
        "A record of the history cannot be read (%s): remove the file.".formatted(e.getMessage()),
        e);
  }
}
