package io.proffer.master.core.allocator;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the next run has to look at, and when it is due.
 *
 * <p>Of an agent nothing happened to since its last visit nobody could get anything then, and
 * taking something away since cannot have changed that. So such agents are visited for those
 * clients only for which something happened.
 */
final class Candidates {
  private final AgentPool agents;
  private final OfferFilters filters;
  private final Throttle throttle;
  private final RoleTree roles;
  private final Schedule schedule;

  /** To visit as soon as may be; to visit in the next periodic run. */
  private final Set<AgentEntry> urgent = new LinkedHashSet<>();

  private final Set<AgentEntry> patient = new LinkedHashSet<>();

  /** To be examined on all agents as soon as may be; in the next periodic run. */
  private final Set<Client> stirred = new LinkedHashSet<>();

  private final Set<Client> patientStirred = new LinkedHashSet<>();

  /** Of these agents those clients may be given other disks by another draw. */
  private final Set<AgentEntry> redrawnAgents = new LinkedHashSet<>();

  private final Set<Client> redrawn = new LinkedHashSet<>();
  private long nowNanos;

  Candidates(
      AllocatorSettings settings,
      AgentPool agents,
      OfferFilters filters,
      Throttle throttle,
      RoleTree roles) {
    this.agents = agents;
    this.filters = filters;
    this.throttle = throttle;
    this.roles = roles;
    schedule = new Schedule(settings);
  }

  /** The time of what is told next, in monotonic nanoseconds. */
  void setNow(long nanos) {
    nowNanos = nanos;
    schedule.hear(nanos);
  }

  /** When the next periodic run may begin. */
  long nextPeriodicNanos() {
    return schedule.nextPeriodicNanos(nowNanos);
  }

  /** The agent came or changed, or a task of it ended. */
  void visitSoon(AgentEntry agent) {
    patient.remove(agent);
    urgent.add(agent);
    schedule.wantSoon(nowNanos);
  }

  /** Something of the agent came back unused. */
  void visitLater(AgentEntry agent) {
    if (!urgent.contains(agent)) {
      patient.add(agent);
    }
    schedule.wantPeriodic(nowNanos);
  }

  /** Another run may cut what the client could have of the agent otherwise. */
  void drawAgain(Client client, AgentEntry agent) {
    redrawnAgents.add(agent);
    redrawn.add(client);
    schedule.wantPeriodic(nowNanos);
  }

  /** The client may now get what it could not get before. */
  void stir(Client client) {
    stirred.add(client);
    schedule.wantSoon(nowNanos);
  }

  /** Everybody under this quota may get what they could not get before; that can wait. */
  void stirLater(Charge charge) {
    addAll(charge, patientStirred);
    schedule.wantPeriodic(nowNanos);
  }

  private static void addAll(Charge charge, Set<Client> clients) {
    charge.roles().forEach(role -> clients.addAll(role.clients().members()));
  }

  /** There may be more room under quotas: the next periodic run looks. */
  void roomMayHaveGrown() {
    if (throttle.hasWaiting()) {
      schedule.wantPeriodic(nowNanos);
    }
  }

  /** Everybody may get anything, everywhere. */
  void stirAll() {
    roles.all().forEach(role -> stirred.addAll(role.clients().members()));
    schedule.wantSoon(nowNanos);
  }

  void forget(AgentEntry agent) {
    urgent.remove(agent);
    patient.remove(agent);
    redrawnAgents.remove(agent);
  }

  /** Forgets all that waits, as if nothing had happened. */
  void forgetAll() {
    urgent.clear();
    patient.clear();
    stirred.clear();
    patientStirred.clear();
    redrawnAgents.clear();
    redrawn.clear();
  }

  OptionalLong nextNanos() {
    return schedule.nextNanos(filters.nextDeadlineNanos());
  }

  /**
   * Begins the run that is due now. Null when there is none; else whom to visit.
   *
   * @param number of the run
   */
  List<AgentEntry> begin(long number) {
    filters.expire(
        nowNanos,
        refusal -> {
          patient.add(refusal.agent);
          schedule.wantAfterRefusal();
        });
    boolean periodic = schedule.periodicDue(nowNanos);
    if (!periodic && !schedule.eventDue(nowNanos)) {
      return null;
    }
    schedule.begin(nowNanos, periodic);
    if (periodic || !stirred.isEmpty()) {
      throttle.release(charge -> addAll(charge, stirred));
      urgent.addAll(patient);
      patient.clear();
      stirred.addAll(patientStirred);
      patientStirred.clear();
    }
    var visited = stirred.isEmpty() ? new ArrayList<>(urgent) : agents.withSomethingLeft();
    if (periodic || !stirred.isEmpty()) {
      addRedrawn(visited);
    }
    markThoroughness(visited, number);
    return visited;
  }

  /** Agents that are visited for some clients only. */
  private void addRedrawn(List<AgentEntry> visited) {
    if (stirred.isEmpty()) {
      redrawnAgents.removeAll(urgent);
      visited.addAll(redrawnAgents);
    }
    redrawnAgents.clear();
    stirred.addAll(redrawn);
    redrawn.clear();
  }

  private void markThoroughness(List<AgentEntry> visited, long number) {
    visited.forEach(agent -> agent.examineAll = false);
    urgent.forEach(agent -> agent.examineAll = true);
    urgent.clear();
    for (var client : stirred) {
      client.role().stir(client, number);
    }
    stirred.clear();
  }
}
