package io.proffer.master.core.event;

import io.proffer.api.id.AgentId;
import io.proffer.api.v1.AgentInfo;
import io.proffer.master.core.fact.Agent;
import java.time.Instant;

/** What became true of agents. */
public sealed interface AgentEvent extends Event {

  /** Events the registry keeps (lifecycle, section 3). */
  sealed interface Stored extends AgentEvent, Durable
      permits Admitted, MarkedUnreachable, MarkedReachable, Removed {}

  /** The agent belongs to the cluster, with this info; also when a known agent's info changed. */
  record Admitted(AgentInfo info) implements Stored {}

  /**
   * An agent thought lost, or never known, is back and admitted. None of its tasks is unreachable
   * any more: those that still are follow as events, the others are forgotten.
   */
  record MarkedReachable(AgentInfo info) implements Stored {}

  /** Not heard of for too long: in no list of agents any more, its tasks unreachable. */
  record MarkedUnreachable(AgentId id, Instant at) implements Stored {}

  /** Left the cluster: forgotten by registry and tables. */
  record Removed(AgentId id) implements Stored {}

  /** Its first session with this master: the row is in the table. Its tasks follow as events. */
  record Registered(Agent agent) implements AgentEvent {}

  /** A known agent opened a new session: the row in place of the old one. */
  record Reregistered(Agent agent) implements AgentEvent {}

  /** Its session ended. */
  record Disconnected(AgentId id, Instant since) implements AgentEvent {}
}
