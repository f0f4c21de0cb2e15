package io.proffer.master.core.fact;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.proffer.api.v1.ExecutorID;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The newest status per distinct consecutive state of one task, the oldest first, without data.
 *
 * <p>Statuses are most of what a running task takes in memory. They are kept in one array, each as
 * its length, what was left out of it, and the serialised rest: ids that the task's row has anyway
 * are left out and put back when the history is read.
 */
public final class StatusHistory {
  private static final StatusHistory EMPTY = new StatusHistory(new byte[0]);

  private static final int TASK_ID = 1;
  private static final int AGENT_ID = 2;

  /** The executor of a command task has the task's id. */
  private static final int EXECUTOR_ID_OF_TASK = 4;

  private static final int EXECUTOR_ID = 8;

  private final byte[] entries;

  private StatusHistory(byte[] entries) {
    this.entries = entries;
  }

  /** Of a task that has just been launched. */
  public static StatusHistory empty() {
    return EMPTY;
  }

  /** The same with one status more, which replaces the last one of the same state. */
  StatusHistory with(TaskStatus status, Task owner) {
    int last = lastEntry();
    int kept = last >= 0 && state(last) == status.getState() ? last : entries.length;
    var entry = entry(status, owner);
    var joined = Arrays.copyOf(entries, kept + entry.length);
    System.arraycopy(entry, 0, joined, kept, entry.length);
    return new StatusHistory(joined);
  }

  /** The newest status; empty before the first update. */
  Optional<TaskStatus> latest(Task owner) {
    int last = lastEntry();
    return last < 0 ? Optional.empty() : Optional.of(read(last, owner));
  }

  /** When the first update was made, in seconds since 1970; 0 before it. */
  double firstTimestamp(Task owner) {
    return entries.length == 0 ? 0 : read(0, owner).getTimestamp();
  }

  /** All of them. Parsed anew at each call. */
  List<TaskStatus> all(Task owner) {
    var statuses = new ArrayList<TaskStatus>();
    for (int at = 0; at < entries.length; at = end(at)) {
      statuses.add(read(at, owner));
    }
    return statuses;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StatusHistory that && Arrays.equals(entries, that.entries);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(entries);
  }

  @Override
  public String toString() {
    return "StatusHistory[" + entries.length + " bytes]";
  }

  private static byte[] entry(TaskStatus status, Task owner) {
    int omitted = omitted(status, owner);
    var rest = status.toBuilder().clearData();
    if ((omitted & TASK_ID) != 0) {
      rest.clearTaskId();
    }
    if ((omitted & AGENT_ID) != 0) {
      rest.clearAgentId();
    }
    if ((omitted & (EXECUTOR_ID | EXECUTOR_ID_OF_TASK)) != 0) {
      rest.clearExecutorId();
    }
    var message = rest.buildPartial();
    int length = 1 + message.getSerializedSize();
    var entry = new byte[CodedOutputStream.computeUInt32SizeNoTag(length) + length];
    var out = CodedOutputStream.newInstance(entry);
    try {
      out.writeUInt32NoTag(length);
      out.writeRawByte(omitted);
      message.writeTo(out);
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new IllegalStateException("a status does not fill the room it asked for", e);
    }
    return entry;
  }

  private static int omitted(TaskStatus status, Task owner) {
    int omitted = 0;
    if (status.getTaskId().getValue().equals(owner.id().value())) {
      omitted |= TASK_ID;
    }
    if (status.hasAgentId() && status.getAgentId().getValue().equals(owner.agent().value())) {
      omitted |= AGENT_ID;
    }
    if (status.hasExecutorId()) {
      var executor = status.getExecutorId().getValue();
      if (executor.equals(owner.id().value())) {
        omitted |= EXECUTOR_ID_OF_TASK;
      } else if (owner.executor().filter(id -> id.value().equals(executor)).isPresent()) {
        omitted |= EXECUTOR_ID;
      }
    }
    return omitted;
  }

  private TaskStatus read(int at, Task owner) {
    var status = TaskStatus.newBuilder();
    var in = body(at);
    try {
      int omitted = in.readRawByte();
      status.mergeFrom(in);
      if ((omitted & TASK_ID) != 0) {
        status.setTaskId(owner.id().message());
      }
      if ((omitted & AGENT_ID) != 0) {
        status.setAgentId(owner.agent().message());
      }
      if ((omitted & EXECUTOR_ID_OF_TASK) != 0) {
        status.setExecutorId(ExecutorID.newBuilder().setValue(owner.id().value()));
      }
      if ((omitted & EXECUTOR_ID) != 0) {
        status.setExecutorId(owner.executor().orElseThrow().message());
      }
      return status.build();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Reads no more of an entry than its state. */
  private TaskState state(int at) {
    var in = body(at);
    try {
      in.readRawByte();
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (WireFormat.getTagFieldNumber(tag) == TaskStatus.STATE_FIELD_NUMBER) {
          return TaskState.forNumber(in.readEnum());
        }
        in.skipField(tag);
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    throw new IllegalStateException("a kept status has no state");
  }

  /** Where the newest entry begins; -1 when there is none. */
  private int lastEntry() {
    int last = -1;
    for (int at = 0; at < entries.length; at = end(at)) {
      last = at;
    }
    return last;
  }

  private int end(int at) {
    var in = CodedInputStream.newInstance(entries, at, entries.length - at);
    try {
      int length = in.readUInt32();
      return at + in.getTotalBytesRead() + length;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private CodedInputStream body(int at) {
    var in = CodedInputStream.newInstance(entries, at, entries.length - at);
    try {
      int length = in.readUInt32();
      return CodedInputStream.newInstance(entries, at + in.getTotalBytesRead(), length);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static IllegalStateException unreadable(IOException e) {
    return new IllegalStateException("a kept status cannot be read", e);
  }
}
