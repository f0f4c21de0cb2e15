package io.proffer.master.core.state;

import io.proffer.api.id.AgentId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.MachineID;
import io.proffer.kernel.Undo;
import io.proffer.kernel.table.Snapshot;
import io.proffer.kernel.table.Table;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Maintenance;
import io.proffer.master.core.fact.Orders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Registered agents, those of the registry that are awaited, and the unreachable ones. */
public final class Agents {
  private final Undo undo;
  private final Table<AgentId, Agent> registered;
  private final Table<AgentId, AgentInfo> recovered;
  private final Table<AgentId, Instant> unreachable;
  private final Table<AgentId, Instant> gone;
  private final Table<AgentId, Orders> orders;
  private final Table<AgentId, AgentId> draining;
  private final Table<AgentId, AgentId> deactivated;
  private final Table<String, AgentId> bySession;
  private final Table<String, AgentId> byAddress;
  private final Index<String, AgentId> byMachine;
  private long nextNumber;

  Agents(Undo undo) {
    this.undo = undo;
    registered = new Table<>(undo);
    recovered = new Table<>(undo);
    unreachable = new Table<>(undo);
    gone = new Table<>(undo);
    orders = new Table<>(undo);
    draining = new Table<>(undo);
    deactivated = new Table<>(undo);
    bySession = new Table<>(undo);
    byAddress = new Table<>(undo);
    byMachine = new Index<>(undo);
  }

  /** A registered agent, connected or not. */
  public Optional<Agent> find(AgentId id) {
    return registered.find(id);
  }

  /** The registered agent, if this is its open session. */
  public Optional<Agent> find(AgentId id, String session) {
    return bySession.find(session).filter(id::equals).flatMap(registered::find);
  }

  /** The registered agent whose open session this is. */
  public Optional<Agent> findBySession(String session) {
    return bySession.find(session).flatMap(registered::find);
  }

  /** The registered agent that announced this address. */
  public Optional<Agent> findByAddress(String ip, int port) {
    return byAddress.find(address(ip, port)).flatMap(registered::find);
  }

  /** The registered agents of a machine; a copy. */
  public List<AgentId> onMachine(MachineID machine) {
    return byMachine.of(Maintenance.key(machine));
  }

  /** What the registry knows of an agent that has not come back since this master started. */
  public Optional<AgentInfo> recovered(AgentId id) {
    return recovered.find(id);
  }

  /** Whether any agent of the registry has not come back yet. */
  public boolean anyRecovered() {
    return !recovered.isEmpty();
  }

  /** How many of them there are. */
  public int recoveredCount() {
    return recovered.size();
  }

  /** Since when an agent has been unreachable. */
  public Optional<Instant> unreachableSince(AgentId id) {
    return unreachable.find(id);
  }

  /** Whether it belongs to the cluster: it is registered, awaited, or out of reach. */
  public boolean isKnown(AgentId id) {
    return registered.contains(id) || recovered.contains(id) || unreachable.contains(id);
  }

  /** What operators have ordered of an agent, wherever it is. */
  public Orders orders(AgentId id) {
    return orders.find(id).orElse(Orders.NONE);
  }

  /** Those that are to be emptied and are not yet, wherever they are; a copy. */
  public List<AgentId> draining() {
    if (draining.isEmpty()) {
      return List.of();
    }
    var all = new ArrayList<AgentId>(draining.size());
    draining.iterator().forEachRemaining(all::add);
    return all;
  }

  /** Whether any agent is out of reach, or gone. */
  public boolean anyLost() {
    return !unreachable.isEmpty() || !gone.isEmpty();
  }

  /** One that need not be remembered: lost before this time, or the oldest of too many. */
  public Optional<AgentId> superfluous(Instant before, int max) {
    return superfluous(unreachable, before, max).or(() -> superfluous(gone, before, max));
  }

  private static Optional<AgentId> superfluous(
      Table<AgentId, Instant> lost, Instant before, int max) {
    for (var oldest : lost.keys()) {
      return lost.size() > max || lost.get(oldest).isBefore(before)
          ? Optional.of(oldest)
          : Optional.empty();
    }
    return Optional.empty();
  }

  /** Whether it was marked gone, and may not come back. */
  public boolean isGone(AgentId id) {
    return gone.contains(id);
  }

  /** The session of an agent that can be spoken to. */
  public Optional<String> session(AgentId id) {
    return registered.find(id).flatMap(Agent::session);
  }

  /** Registered agents, the oldest row first; a copy. */
  public List<Agent> all() {
    var all = new ArrayList<Agent>(registered.size());
    registered.iterator().forEachRemaining(all::add);
    return all;
  }

  /** An id that no agent this master knows has. */
  public AgentId freeId(String masterId) {
    for (long number = nextNumber; ; number++) {
      var id = new AgentId(masterId + "-S" + number);
      if (!isKnown(id) && !isGone(id)) {
        return id;
      }
    }
  }

  /** Numbers up to that of this id are used up, if it was the free one. */
  void useId(AgentId id, String masterId) {
    if (id.equals(freeId(masterId))) {
      long before = nextNumber;
      nextNumber = Long.parseLong(id.value().substring(masterId.length() + 2)) + 1;
      undo.record(() -> nextNumber = before);
    }
  }

  void put(Agent agent) {
    registered.find(agent.id()).ifPresent(this::unlink);
    recovered.remove(agent.id());
    registered.put(agent.id(), agent);
    byAddress.put(address(agent.ip(), agent.info().getPort()), agent.id());
    byMachine.add(machine(agent), agent.id());
    agent.session().ifPresent(session -> bySession.put(session, agent.id()));
  }

  void await(AgentId id, AgentInfo info) {
    recovered.put(id, info);
  }

  void markReachable(AgentId id) {
    unreachable.remove(id);
  }

  void markUnreachable(AgentId id, Instant at) {
    lose(id);
    unreachable.put(id, at);
  }

  void forget(AgentId id) {
    lose(id);
    unreachable.remove(id);
    orders.remove(id);
    draining.remove(id);
    deactivated.remove(id);
  }

  void prune(AgentId id) {
    unreachable.remove(id);
    gone.remove(id);
    orders.remove(id);
    draining.remove(id);
    deactivated.remove(id);
  }

  void markGone(AgentId id, Instant at) {
    forget(id);
    gone.put(id, at);
  }

  private void lose(AgentId id) {
    registered.find(id).ifPresent(this::unlink);
    registered.remove(id);
    recovered.remove(id);
  }

  void order(AgentId id, Orders given) {
    if (given.equals(Orders.NONE)) {
      orders.remove(id);
    } else {
      orders.put(id, given);
    }
    if (given.isDraining()) {
      draining.put(id, id);
    } else {
      draining.remove(id);
    }
    if (given.deactivated()) {
      deactivated.put(id, id);
    } else {
      deactivated.remove(id);
    }
    registered.find(id).ifPresent(agent -> registered.put(id, agent.withOrders(given)));
  }

  void allocate(AgentId id, Resources resources) {
    registered
        .find(id)
        .ifPresent(a -> registered.put(id, a.withAllocated(a.allocated().plus(resources))));
  }

  void free(AgentId id, Resources resources) {
    registered
        .find(id)
        .ifPresent(a -> registered.put(id, a.withAllocated(a.allocated().minus(resources))));
  }

  void offer(AgentId id, Resources resources) {
    registered
        .find(id)
        .ifPresent(a -> registered.put(id, a.withOffered(a.offered().plus(resources))));
  }

  void unoffer(AgentId id, Resources resources) {
    registered
        .find(id)
        .ifPresent(a -> registered.put(id, a.withOffered(a.offered().minus(resources))));
  }

  private void unlink(Agent agent) {
    var address = address(agent.ip(), agent.info().getPort());
    if (byAddress.find(address).filter(agent.id()::equals).isPresent()) {
      byAddress.remove(address);
    }
    byMachine.remove(machine(agent), agent.id());
    agent.session().ifPresent(bySession::remove);
  }

  private static String machine(Agent agent) {
    return Maintenance.key(agent.info().getHostname(), agent.ip());
  }

  private static String address(String ip, int port) {
    return ip + ":" + port;
  }

  Snapshot<Agent> snapshot() {
    return registered.snapshot();
  }

  Snapshot<AgentInfo> recoveredSnapshot() {
    return recovered.snapshot();
  }

  Snapshot<AgentId> deactivatedSnapshot() {
    return deactivated.snapshot();
  }

  int unreachableCount() {
    return unreachable.size();
  }
}
