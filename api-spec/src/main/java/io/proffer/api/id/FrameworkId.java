package io.proffer.api.id;

import io.proffer.api.v1.FrameworkID;

/** A framework: {@code <master id>-NNNN}, or whatever valid id it came back with. */
public record FrameworkId(String value) implements Comparable<FrameworkId> {
  /** The identity a message carries. */
  public static FrameworkId of(FrameworkID message) {
    return new FrameworkId(message.getValue());
  }

  /** The same identity as a message. */
  public FrameworkID message() {
    return FrameworkID.newBuilder().setValue(value).build();
  }

  @Override
  public int compareTo(FrameworkId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
