package io.proffer.agent.core.state;

import io.proffer.agent.core.event.Event;
import io.proffer.agent.core.fact.AgentFacts;
import io.proffer.agent.core.fact.AgentLimits;
import io.proffer.agent.core.fact.AgentTimes;
import io.proffer.agent.core.fact.Attempt;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.Draining;
import io.proffer.agent.core.fact.Executor;
import io.proffer.agent.core.fact.ExecutorKey;
import io.proffer.agent.core.fact.Framework;
import io.proffer.agent.core.fact.Link;
import io.proffer.agent.core.fact.Memory;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Settled;
import io.proffer.agent.core.fact.Snapshot;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.agent.core.fact.UntoldEnd;
import io.proffer.agent.core.fact.UpdateStream;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.kernel.Undo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** All tables of one agent. */
public final class AgentState {
  private final AgentFacts facts;
  private final AgentTimes times;
  private final AgentLimits limits;
  private final Undo undo = new Undo();

  final Rows<FrameworkId, Framework> frameworks = new Rows<>(undo, Framework::weight);
  final Rows<TaskKey, Task> tasks = new Rows<>(undo, Task::weight);
  final Rows<ContainerId, TaskKey> containers = new Rows<>(undo);
  final Rows<ExecutorKey, Executor> executors = new Rows<>(undo, Executor::weight);
  final Rows<ContainerId, ExecutorKey> hosts = new Rows<>(undo);
  final Rows<ExecutorKey, UntoldEnd> untoldEnds = new Rows<>(undo);
  final Rows<ContainerId, List<Settled>> settled =
      new Rows<>(undo, all -> all.stream().mapToLong(Settled::weight).sum());
  final Rows<TaskKey, UpdateStream> streams = new Rows<>(undo, UpdateStream::weight);
  final History history;
  final Deadlines deadlines = new Deadlines(undo);
  final Rows<String, Standing> standing = new Rows<>(undo);

  /** Of this run only: each finds out for itself. */
  final Rows<String, Boolean> diskFull = new Rows<>(undo);

  private final Applier applier = new Applier(this);

  /**
   * What there is one of.
   *
   * @param agent the id the master gave
   * @param epoch the highest the agent has followed; 0 before the first
   * @param stopping why the agent ends, once it does
   * @param sequence of the next update
   * @param draining what is ordered, while tasks of before the order are left
   * @param attempt the last one to open a session
   */
  record Standing(
      Optional<AgentId> agent,
      long epoch,
      Link link,
      Optional<String> stopping,
      long sequence,
      Optional<Draining> draining,
      Attempt attempt) {
    Standing with(Link next) {
      return new Standing(agent, epoch, next, stopping, sequence, draining, attempt);
    }

    Standing stopping(String why) {
      return new Standing(agent, epoch, link, Optional.of(why), sequence, draining, attempt);
    }

    Standing after(long used) {
      return new Standing(
          agent, epoch, link, stopping, Math.max(sequence, used + 1), draining, attempt);
    }

    Standing draining(Optional<Draining> order) {
      return new Standing(agent, epoch, link, stopping, sequence, order, attempt);
    }

    Standing trying(Attempt next) {
      return new Standing(agent, epoch, link, stopping, sequence, draining, next);
    }
  }

  static final String THE_ONE = "standing";

  public AgentState(AgentFacts facts, AgentTimes times, AgentLimits limits) {
    this.facts = facts;
    this.times = times;
    this.limits = limits;
    this.history = new History(undo, limits);
    standing.put(
        THE_ONE,
        new Standing(
            Optional.empty(),
            0,
            new Link.Detecting(0, 0, 0),
            Optional.empty(),
            0,
            Optional.empty(),
            Attempt.NONE));
    deadlines.set(new Due.Start(), Long.MIN_VALUE);
    undo.clear();
  }

  /** One that remembers; it looks for a master when it has recovered. */
  public AgentState(
      AgentFacts facts,
      AgentTimes times,
      AgentLimits limits,
      Memory memory,
      long nowNanos,
      Instant now) {
    this(facts, times, limits);
    deadlines.clear(new Due.Start());
    new Recollection(this, nowNanos, now).load(memory);
    undo.clear();
  }

  /** What stays true of this run. */
  public AgentFacts facts() {
    return facts;
  }

  /** How long to wait for what. */
  public AgentTimes times() {
    return times;
  }

  /** How much to remember. */
  public AgentLimits limits() {
    return limits;
  }

  /** The id the master gave; empty before the first registration. */
  public Optional<AgentId> agent() {
    return one().agent();
  }

  /** The highest epoch the agent has followed; 0 before the first. */
  public long epoch() {
    return one().epoch();
  }

  /** The last one to open a session; of number 0 before the first of this run. */
  public Attempt attempt() {
    return one().attempt();
  }

  /** How it stands with the master. */
  public Link link() {
    return one().link();
  }

  /** The sequence number of the next update. */
  public long nextSequence() {
    return one().sequence();
  }

  /** Why the agent ends, once it does. */
  public Optional<String> stopping() {
    return one().stopping();
  }

  /** Whether the disk has only the room that was kept back for checkpoints. */
  public boolean isDiskFull() {
    return diskFull.find(THE_ONE).orElse(false);
  }

  /** That it is being drained, and how. */
  public Optional<Draining> draining() {
    return one().draining();
  }

  /** Frameworks that have something here. */
  public Rows<FrameworkId, Framework> frameworks() {
    return frameworks;
  }

  /** Tasks whose terminal update is not acknowledged. */
  public Rows<TaskKey, Task> tasks() {
    return tasks;
  }

  /** Tasks that were given, or wait for, this run of an executor, ended ones too. */
  public List<Task> tasksOf(Executor executor) {
    return tasks.all().stream().filter(task -> task.isOf(executor)).toList();
  }

  /** Tasks that are over, and that the executor in a container may come back with. */
  public List<Settled> settled(ContainerId executor) {
    return settled.find(executor).orElse(List.of());
  }

  /** Custom executors that run or are being started. */
  public Rows<ExecutorKey, Executor> executors() {
    return executors;
  }

  /** Which custom executor runs in a container. */
  public Rows<ContainerId, ExecutorKey> hosts() {
    return hosts;
  }

  /** How executors ended, as far as it is not known that a master has heard it. */
  public Rows<ExecutorKey, UntoldEnd> untoldEnds() {
    return untoldEnds;
  }

  /** Whose command task runs in a container. */
  public Rows<ContainerId, TaskKey> containers() {
    return containers;
  }

  /** Updates that are not acknowledged. */
  public Rows<TaskKey, UpdateStream> streams() {
    return streams;
  }

  /** How much memory all that is not over takes, without the updates that wait. */
  public long held() {
    return tasks.weight() + executors.weight() + frameworks.weight() + settled.weight();
  }

  /** What time will bring about. */
  public Deadlines deadlines() {
    return deadlines;
  }

  /** Whether a container, started or not, is left. */
  public boolean hasContainers() {
    if (executors.size() > 0) {
      return true;
    }
    for (var task : tasks.all()) {
      if (!(task.progress() instanceof Progress.Ended)) {
        return true;
      }
    }
    return false;
  }

  /** The tables as they are. */
  public Snapshot snapshot() {
    return new Snapshot(
        facts,
        agent(),
        link(),
        draining(),
        isDiskFull(),
        frameworks.all(),
        history.frameworks(),
        executors.all(),
        history.executors(),
        tasks.all(),
        history.tasks(),
        new Snapshot.Weights(held(), streams.weight(), history.weight(), limits.room()));
  }

  /** Starts the next turn; what earlier turns wrote stays. */
  public void keep() {
    undo.clear();
  }

  /** Takes back what this turn wrote. */
  public void rollback() {
    undo.rollback();
  }

  void apply(Event event) {
    applier.apply(event);
  }

  Standing one() {
    return standing.get(THE_ONE);
  }

  void one(Standing next) {
    standing.put(THE_ONE, next);
  }
}
