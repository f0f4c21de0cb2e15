package io.proffer.agent.core.event;

import io.proffer.agent.core.fact.Draining;
import io.proffer.api.v1.AgentInfo;

/** What became true of the agent as a whole. */
public sealed interface AgentEvent extends Event {

  /**
   * What an earlier run left is known, and joined with what the host still has of it.
   *
   * @param run the number of this run, higher than that of each run before it
   */
  record Recovered(AgentInfo info, String bootId, long run, String runtimeDir)
      implements AgentEvent, Durable {}

  /** Its tasks end, and none are launched until all have; an order in place of an older one. */
  record DrainBegun(Draining drain) implements AgentEvent, Durable {}

  /** Nothing is left of what was to be drained. */
  record DrainEnded() implements AgentEvent, Durable {}

  /** Nothing is launched, until there is room on the disk again. */
  record DiskFilled() implements AgentEvent {}

  /** There is room on the disk again. */
  record DiskFreed() implements AgentEvent {}

  /** It ends as soon as its containers have. */
  record Stopping(String why) implements AgentEvent {}

  /** Its containers have ended; it waits until {@code untilNanos} for acknowledgements. */
  record Emptied(long untilNanos) implements AgentEvent {}

  /** It has nothing left to wait for. */
  record Stopped() implements AgentEvent, Durable {}

  /** A rule threw and was undone: a bug, of which this is all that is left. */
  record RuleFailed(String incident, String command, Throwable cause) implements AgentEvent {}
}
