package io.proffer.agent.core.event;

/** What became true of the agent as a whole. */
public sealed interface AgentEvent extends Event {

  /** It ends as soon as its containers have. */
  record Stopping(String why) implements AgentEvent {}

  /** Its containers have ended; it waits until {@code untilNanos} for acknowledgements. */
  record Emptied(long untilNanos) implements AgentEvent {}

  /** It has nothing left to wait for. */
  record Stopped() implements AgentEvent {}

  /** A rule threw and was undone: a bug, of which this is all that is left. */
  record RuleFailed(String incident, String command, Throwable cause) implements AgentEvent {}
}
