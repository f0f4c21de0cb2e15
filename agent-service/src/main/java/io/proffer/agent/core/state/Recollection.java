package io.proffer.agent.core.state;

import io.proffer.agent.core.fact.Attempt;
import io.proffer.agent.core.fact.Link;
import io.proffer.agent.core.fact.Memory;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.fact.UpdateStream;
import io.proffer.agent.core.state.AgentState.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** Fills the tables of a new run with what an earlier one knew. Decides nothing. */
final class Recollection {
  private final AgentState state;
  private final long nowNanos;
  private final Instant wall;

  Recollection(AgentState state, long nowNanos, Instant wall) {
    this.state = state;
    this.nowNanos = nowNanos;
    this.wall = wall;
  }

  void load(Memory memory) {
    var next = memory.updates().stream().mapToLong(Memory.Waiting::sequence).max().orElse(-1) + 1;
    state.one(
        new Standing(
            memory.agent(),
            memory.epoch(),
            new Link.Detecting(0, 0, nowNanos),
            Optional.empty(),
            next,
            memory.draining(),
            new Attempt(memory.run().map(Memory.Run::number).orElse(0L), 0)));
    memory.frameworks().forEach(framework -> state.frameworks.put(framework.id(), framework));
    memory.executors().forEach(this::load);
    memory.tasks().forEach(this::load);
    memory.settled().forEach(state.settled::put);
    memory.updates().stream()
        .sorted(Comparator.comparingLong(Memory.Waiting::sequence))
        .forEach(this::load);
  }

  private void load(Memory.KeptExecutor kept) {
    var executor = kept.executor();
    var key = executor.key();
    state.executors.put(key, executor);
    state.hosts.put(executor.container(), key);
    kept.registerBy()
        .filter(by -> executor.doom().isEmpty())
        .ifPresent(
            by ->
                state.deadlines.set(
                    new Due.Register(key),
                    // It could not subscribe while nobody was there.
                    Math.max(
                        within(by, state.times().executorRegistration()),
                        Turn.after(nowNanos, state.times().executorReregistration()))));
    var grace = executor.ownGrace().orElse(state.times().shutdownGrace());
    kept.forceAt()
        .ifPresent(at -> state.deadlines.set(new Due.ForceExecutor(key), within(at, grace)));
  }

  private void load(Memory.Kept kept) {
    var task = kept.task();
    var key = task.key();
    var killedAgo = kept.killedAt().map(this::ago).orElse(Duration.ZERO);
    state.tasks.put(
        key,
        task.progress() instanceof Progress.Killing kill
            ? task.with(
                new Progress.Killing(
                    kill.pid(), kill.cause(), nowNanos - killedAgo.toNanos(), kill.forced()))
            : task);
    if (task.progress() instanceof Progress.Ended) {
      return;
    }
    if (task.progress() instanceof Progress.Hosted) {
      return;
    }
    state.containers.put(task.container(), key);
    kept.timeUp()
        .ifPresent(at -> state.deadlines.set(new Due.TimeUp(key), within(at, limit(task, at))));
    kept.forceAt().ifPresent(at -> state.deadlines.set(new Due.Force(key), force(kept, at)));
  }

  private Duration limit(Task task, Instant timeUp) {
    return task.timeLimit().orElseGet(() -> Duration.between(wall, timeUp));
  }

  private long force(Memory.Kept kept, Instant at) {
    return within(at, Duration.between(kept.killedAt().orElse(wall), at));
  }

  /** A clock that was set back lengthens no time limit. */
  private long within(Instant at, Duration limit) {
    return Math.min(nanos(at), Turn.after(nowNanos, limit));
  }

  private void load(Memory.Waiting update) {
    var stream =
        state.streams.find(update.key()).orElseGet(() -> UpdateStream.opened(update.key()));
    state.streams.put(update.key(), stream.with(update.status()));
  }

  private Duration ago(Instant at) {
    var ago = Duration.between(at, wall);
    return ago.isNegative() ? Duration.ZERO : ago;
  }

  private long nanos(Instant at) {
    var rest = Duration.between(wall, at);
    return rest.isNegative() ? nowNanos : Turn.after(nowNanos, rest);
  }
}
