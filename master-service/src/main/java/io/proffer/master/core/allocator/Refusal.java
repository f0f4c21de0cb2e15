package io.proffer.master.core.allocator;

import io.proffer.api.resource.Resources;

/** That a client does not want these resources of an agent, or less of them, until a deadline. */
final class Refusal {
  final Client client;
  final AgentEntry agent;
  final Resources refused;
  final long deadlineNanos;

  /** Another refusal of the same client and agent. */
  Refusal next;

  /** Its neighbours among all refusals of the client; kept by {@link RefusalChain}. */
  Refusal older;

  Refusal newer;

  /** Its place in the queue of deadlines, kept by {@link RefusalQueue}. */
  int place = -1;

  Refusal(Client client, AgentEntry agent, Resources refused, long deadlineNanos) {
    this.client = client;
    this.agent = agent;
    this.refused = refused;
    this.deadlineNanos = deadlineNanos;
  }

  /** The same object is the common case, and cheap to tell. */
  @SuppressWarnings("ReferenceEquality")
  boolean covers(Resources resources) {
    return refused == resources || refused.contains(resources);
  }

  /** Whether it covers all that is left of the agent when it is left alone. */
  boolean coversRest() {
    return covers(agent.rest());
  }
}
