package io.proffer.master.core.event;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.master.core.fact.Executor;

/** What became true of custom executors. */
public sealed interface ExecutorEvent extends Event {

  /** Its first task was accepted from an offer: its own resources are used from now on. */
  record Launched(Executor executor) implements ExecutorEvent {}

  /** Reported by an agent that came back; its resources are used. */
  record Readded(Executor executor) implements ExecutorEvent {}

  /**
   * It ended, or its agent or framework did. Its resources, if it had any, come back in an {@code
   * OfferEvent.Returned} of the same frame.
   */
  record Ended(AgentId agent, FrameworkId framework, ExecutorId executor)
      implements ExecutorEvent {}
}
