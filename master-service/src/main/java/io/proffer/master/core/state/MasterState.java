package io.proffer.master.core.state;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.AgentInfo;
import io.proffer.kernel.Moment;
import io.proffer.kernel.Undo;
import io.proffer.kernel.table.Deadlines;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.ExecutorEvent;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.InverseOfferEvent;
import io.proffer.master.core.event.MaintenanceEvent;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.event.RoleEvent;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.event.WorkEvent;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Maintenance;
import io.proffer.master.core.fact.MasterFacts;
import io.proffer.master.core.fact.Orders;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.core.fact.Task;
import java.time.Instant;
import java.util.OptionalLong;

/** All the master knows. Reading is free; writing is for appliers, through {@link Turn#emit}. */
public final class MasterState {
  private final Undo undo = new Undo();
  private final MasterFacts facts;
  private final CoreSettings settings;
  private final Frameworks frameworks = new Frameworks(undo);
  private final Agents agents = new Agents(undo);
  private final Offers offers = new Offers(undo);
  private final InverseOffers inverseOffers = new InverseOffers(undo);
  private final Executors executors = new Executors(undo);
  private final Tasks tasks;
  private final Roles roles = new Roles(undo);
  private final Works works = new Works(undo);
  private final Removals removals;
  private Maintenance maintenance = Maintenance.NONE;
  private final Deadlines<Due> deadlines = new Deadlines<>(undo);
  private long frames;
  private long version;

  /** A master that knows nothing yet. */
  public MasterState(MasterFacts facts, CoreSettings settings) {
    this.facts = facts;
    this.settings = settings;
    tasks = new Tasks(undo, settings);
    removals = new Removals(undo, deadlines, settings.losses().interval());
  }

  /** Begins a turn. One at a time: the one before has been kept or undone. */
  public Turn begin(Moment moment) {
    if (undo.size() > 0) {
      throw new IllegalStateException("the turn before was neither kept nor undone");
    }
    return new Turn(this, moment);
  }

  /**
   * Takes in an admitted agent of the registry, and until when it is awaited. Before the first
   * turn.
   */
  public void recover(AgentId id, AgentInfo info, long deadlineNanos) {
    agents.await(id, info);
    deadlines.schedule(new Due.ReregisterTimeout(id), deadlineNanos);
    undo.clear();
  }

  /** Says how many were taken in, and until when they are awaited. Before the first turn. */
  public void recovered(int count, long deadlineNanos) {
    deadlines.schedule(new Due.RecoveryEnd(count), deadlineNanos);
    undo.clear();
  }

  /** Takes in an unreachable agent of the registry. Only before the first turn. */
  public void recoverUnreachable(AgentId id, Instant since) {
    agents.markUnreachable(id, since);
    undo.clear();
  }

  /** Takes in what was ordered of an agent of the registry. Only before the first turn. */
  public void recoverOrders(AgentId id, Orders orders) {
    agents.order(id, orders);
    undo.clear();
  }

  /** Takes in an agent of the registry that was marked gone. Only before the first turn. */
  public void recoverGone(AgentId id, Instant since) {
    agents.markGone(id, since);
    undo.clear();
  }

  /** Has the agents that are lost looked through after a while, if they are not to be already. */
  void watchLost(Moment moment) {
    if (deadlines.timeOf(new Due.Prune()).isEmpty()) {
      deadlines.schedule(
          new Due.Prune(),
          Durations.after(moment.monotonicNanos(), settings.lostAgents().gcInterval().toNanos()));
    }
  }

  /** The same for those of the registry, once they are all taken in. Before the first turn. */
  public void watchRecovered(Moment moment) {
    if (agents.anyLost()) {
      watchLost(moment);
      undo.clear();
    }
  }

  /** Takes in what the registry has of machines. Only before the first turn. */
  public void recoverMaintenance(Maintenance kept, Moment moment) {
    change(kept, moment);
    undo.clear();
  }

  /** Takes in a framework that was completed, unless it lives again. Before the first turn. */
  public void recoverCompleted(Framework framework) {
    if (frameworks.find(framework.id()).isEmpty()) {
      frameworks.complete(framework, settings.maxCompletedFrameworks()).ifPresent(tasks::forget);
    }
    undo.clear();
  }

  /** Takes in a completed task of a framework that is remembered. Before the first turn. */
  public void recoverCompleted(Task task) {
    if (frameworks.isRemembered(task.framework())) {
      tasks.recoverCompleted(task);
    }
    undo.clear();
  }

  /** What is planned for machines, and which are out of service. */
  public Maintenance maintenance() {
    return maintenance;
  }

  public MasterFacts facts() {
    return facts;
  }

  /** The id of this run of the master, which begins the ids it gives. */
  public String masterId() {
    return facts.info().getId();
  }

  public CoreSettings settings() {
    return settings;
  }

  public Frameworks frameworks() {
    return frameworks;
  }

  public Agents agents() {
    return agents;
  }

  public Offers offers() {
    return offers;
  }

  public InverseOffers inverseOffers() {
    return inverseOffers;
  }

  public Tasks tasks() {
    return tasks;
  }

  public Executors executors() {
    return executors;
  }

  public Roles roles() {
    return roles;
  }

  public Works works() {
    return works;
  }

  public Removals removals() {
    return removals;
  }

  /** Whether this framework was removed, and that is remembered or not even done yet. */
  public boolean isRemoved(FrameworkId id) {
    return frameworks.isCompleted(id) || (frameworks.find(id).isEmpty() && works.concerns(id));
  }

  /** When the next deadline is due, in monotonic nanoseconds. */
  public OptionalLong nextDeadlineNanos() {
    return deadlines.nextNanos();
  }

  /** What happens when, in monotonic nanoseconds. */
  Deadlines<Due> deadlines() {
    return deadlines;
  }

  /** All tables as they are now. */
  public Snapshot snapshot() {
    return new Snapshot(
        frames,
        version,
        facts,
        agents.snapshot(),
        agents.recoveredSnapshot(),
        frameworks.snapshot(),
        frameworks.completedSnapshot(),
        offers.snapshot(),
        executors.snapshot(),
        tasks.snapshot(),
        tasks.unreachableSnapshot(),
        tasks.completedSnapshot(),
        agents.unreachableCount(),
        roles.snapshot(),
        maintenance,
        inverseOffers.snapshot(),
        inverseOffers.answersSnapshot(),
        agents.deactivatedSnapshot());
  }

  /**
   * A command has left a frame that is not empty.
   *
   * @param changed whether something in it became true
   */
  public void countFrame(boolean changed) {
    frames++;
    version += changed ? 1 : 0;
  }

  void apply(Event event, Moment moment) {
    switch (event) {
      case FrameworkEvent e -> FrameworkApplier.apply(e, this, moment);
      case AgentEvent e -> AgentApplier.apply(e, this, moment);
      case OfferEvent e -> OfferApplier.apply(e, this, moment);
      case InverseOfferEvent e -> InverseOfferApplier.apply(e, this, moment);
      case TaskEvent e -> TaskApplier.apply(e, this);
      case ExecutorEvent e -> ExecutorApplier.apply(e, this);
      case RoleEvent e -> RoleApplier.apply(e, roles);
      case MaintenanceEvent.Changed(var next) -> change(next, moment);
      case WorkEvent e -> WorkApplier.apply(e, works);
    }
  }

  private void change(Maintenance next, Moment moment) {
    var before = maintenance;
    undo.record(() -> maintenance = before);
    maintenance = next;
    if (next.draining().isEmpty()) {
      deadlines.cancel(new Due.InverseOffers());
    } else {
      deadlines.schedule(new Due.InverseOffers(), moment.monotonicNanos());
    }
  }

  void keep() {
    undo.clear();
  }

  void undo() {
    undo.rollback();
  }
}
