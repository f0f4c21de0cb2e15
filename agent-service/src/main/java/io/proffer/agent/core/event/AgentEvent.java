package io.proffer.agent.core.event;

import io.proffer.api.v1.AgentInfo;

/** What became true of the agent as a whole. */
public sealed interface AgentEvent extends Event {

  /** What an earlier run left is known, and joined with what the host still has of it. */
  record Recovered(AgentInfo info, String bootId) implements AgentEvent, Durable {}

  /** It ends as soon as its containers have. */
  record Stopping(String why) implements AgentEvent {}

  /** Its containers have ended; it waits until {@code untilNanos} for acknowledgements. */
  record Emptied(long untilNanos) implements AgentEvent {}

  /** It has nothing left to wait for. */
  record Stopped() implements AgentEvent, Durable {}

  /** A rule threw and was undone: a bug, of which this is all that is left. */
  record RuleFailed(String incident, String command, Throwable cause) implements AgentEvent {}
}
