package io.proffer.master.core.event;

import io.proffer.api.id.AgentId;
import io.proffer.api.v1.AgentInfo;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Orders;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What became true of agents. */
public sealed interface AgentEvent extends Event {

  /** Events the registry keeps (lifecycle, section 3). */
  sealed interface Stored extends AgentEvent, Durable
      permits Admitted,
          MarkedUnreachable,
          MarkedReachable,
          Removed,
          MarkedGone,
          Pruned,
          OrdersChanged {}

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

  /** An operator had it marked gone: it may never come back under this id. */
  record MarkedGone(AgentId id, Instant at) implements Stored {}

  /**
   * It has been out of reach, or gone, for so long that nobody remembers it any more, nor the tasks
   * it had.
   */
  record Pruned(AgentId id) implements Stored {}

  /**
   * An operator ordered something of it, or an order is carried out; wherever it is. The orders in
   * place of the old ones: under those of an agent that is deactivated nothing of it is offered.
   */
  record OrdersChanged(AgentId id, Orders orders) implements Stored {}

  /** Its first session with this master: the row is in the table. Its tasks follow as events. */
  record Registered(Agent agent) implements AgentEvent {}

  /** A known agent opened a new session: the row in place of the old one. */
  record Reregistered(Agent agent) implements AgentEvent {}

  /**
   * Of agents on other hosts than these nothing is offered.
   *
   * @param hostnames empty for all hosts there are
   */
  record Whitelisted(Optional<SortedSet<String>> hostnames) implements AgentEvent {
    public Whitelisted {
      hostnames = hostnames.map(names -> Collections.unmodifiableSortedSet(new TreeSet<>(names)));
    }
  }

  /** Its session ended. */
  record Disconnected(AgentId id, Instant since) implements AgentEvent {}
}
