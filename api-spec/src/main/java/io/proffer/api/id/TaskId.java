package io.proffer.api.id;

import io.proffer.api.v1.TaskID;

/** A task, named by its framework; unique among that framework's live tasks. */
public record TaskId(String value) implements Comparable<TaskId> {
  /** The identity a message carries. */
  public static TaskId of(TaskID message) {
    return new TaskId(message.getValue());
  }

  /** The same identity as a message. */
  public TaskID message() {
    return TaskID.newBuilder().setValue(value).build();
  }

  @Override
  public int compareTo(TaskId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
