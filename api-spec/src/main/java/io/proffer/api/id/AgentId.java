package io.proffer.api.id;

import io.proffer.api.v1.AgentID;

/** An agent: {@code <master id>-S<n>}. */
public record AgentId(String value) implements Comparable<AgentId> {
  /** The identity a message carries. */
  public static AgentId of(AgentID message) {
    return new AgentId(message.getValue());
  }

  /** The same identity as a message. */
  public AgentID message() {
    return AgentID.newBuilder().setValue(value).build();
  }

  @Override
  public int compareTo(AgentId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
