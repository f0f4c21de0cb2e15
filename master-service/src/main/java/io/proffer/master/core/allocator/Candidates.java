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
  private final Schedule schedule;

  /** To visit as soon as may be; to visit in the next periodic run. */
  private final Set<AgentEntry> urgent = new LinkedHashSet<>();

  private final Set<AgentEntry> patient = new LinkedHashSet<>();

  /** To be examined on all agents as soon as may be. */
  private final Set<Client> stirred = new LinkedHashSet<>();

  private long nowNanos;

  Candidates(AllocatorSettings settings, AgentPool agents, OfferFilters filters) {
    this.agents = agents;
    this.filters = filters;
    schedule = new Schedule(settings);
  }

  /** The time of what is told next, in monotonic nanoseconds. */
  void setNow(long nanos) {
    nowNanos = nanos;
    schedule.hear(nanos);
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

  /** The client may now get what it could not get before. */
  void stir(Client client) {
    stirred.add(client);
    schedule.wantSoon(nowNanos);
  }

  void forget(AgentEntry agent) {
    urgent.remove(agent);
    patient.remove(agent);
  }

  OptionalLong nextNanos() {
    return schedule.nextNanos(filters.nextDeadlineNanos());
  }

  /** The run that is due now, or null. */
  Run begin(long number, long seed) {
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
    boolean everywhere = !stirred.isEmpty();
    if (periodic || everywhere) {
      urgent.addAll(patient);
      patient.clear();
    }
    var visited = everywhere ? agents.withSomethingLeft() : new ArrayList<>(urgent);
    markThoroughness(visited, number);
    return new Run(number, seed, visited);
  }

  private void markThoroughness(List<AgentEntry> visited, long number) {
    visited.forEach(agent -> agent.examineAll = false);
    urgent.forEach(agent -> agent.examineAll = true);
    urgent.clear();
    for (var client : stirred) {
      client.stirredForRun = number;
      client.role().stirredForRun = number;
    }
    stirred.clear();
  }
}
