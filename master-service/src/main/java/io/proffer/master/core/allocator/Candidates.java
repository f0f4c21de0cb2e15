package io.proffer.master.core.allocator;

import java.util.LinkedHashSet;
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

  private final Waiting waiting = new Waiting();

  /** To be examined on all agents as soon as may be; in the next periodic run. */
  private final Set<Client> stirred = new LinkedHashSet<>();

  private final Set<Client> patientStirred = new LinkedHashSet<>();

  /** Of these agents those clients may be given other disks by another draw. */
  private final Set<AgentEntry> redrawnAgents = new LinkedHashSet<>();

  private final Set<Client> redrawn = new LinkedHashSet<>();
  private boolean expiring;
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
    waiting.addSoon(agent);
    schedule.wantSoon(nowNanos);
  }

  /** Something of the agent came back unused. */
  void visitLater(AgentEntry agent) {
    waiting.addLater(agent);
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
    redrawnAgents.remove(agent);
  }

  /** Forgets all that waits, as if nothing had happened. */
  void forgetAll() {
    var _ = waiting.takeAll();
    stirred.clear();
    patientStirred.clear();
    redrawnAgents.clear();
    redrawn.clear();
  }

  OptionalLong nextNanos() {
    return expiring ? OptionalLong.of(nowNanos) : schedule.nextNanos(filters.nextDeadlineNanos());
  }

  /**
   * Begins the run that is due now. Null when there is none, or when there are more refusals that
   * ended than the budget allows to forget; else whom to visit.
   *
   * @param number of the run
   */
  Visits begin(long number, Budget budget) {
    expiring =
        !filters.expire(
            nowNanos,
            budget,
            refusal -> {
              waiting.addLater(refusal.agent);
              schedule.wantAfterRefusal();
            });
    if (expiring) {
      return null;
    }
    boolean periodic = schedule.periodicDue(nowNanos);
    if (!periodic && !schedule.eventDue(nowNanos)) {
      return null;
    }
    schedule.begin(nowNanos, periodic);
    boolean everything = periodic || !stirred.isEmpty();
    var visited = everything ? waiting.takeAll() : waiting.takeUrgent();
    int thorough = visited.size();
    if (everything) {
      throttle.release(charge -> addAll(charge, stirred));
      stirred.addAll(patientStirred);
      patientStirred.clear();
      visited.addAll(stirred.isEmpty() ? redrawnAgents : agents.all());
      redrawnAgents.clear();
      stirred.addAll(redrawn);
      redrawn.clear();
    }
    for (var client : stirred) {
      client.role().stir(client, number);
    }
    stirred.clear();
    return new Visits(visited, thorough, number);
  }
}
