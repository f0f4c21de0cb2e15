package io.proffer.api.id;

import io.proffer.api.v1.ExecutorID;

/** An executor, named by its framework; unique on one agent. */
public record ExecutorId(String value) implements Comparable<ExecutorId> {
  /** The identity a message carries. */
  public static ExecutorId of(ExecutorID message) {
    return new ExecutorId(message.getValue());
  }

  /** The same identity as a message. */
  public ExecutorID message() {
    return ExecutorID.newBuilder().setValue(value).build();
  }

  @Override
  public int compareTo(ExecutorId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
