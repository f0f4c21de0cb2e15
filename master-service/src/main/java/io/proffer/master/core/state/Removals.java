package io.proffer.master.core.state;

import io.proffer.api.id.AgentId;
import io.proffer.kernel.Undo;
import io.proffer.kernel.table.Deadlines;
import io.proffer.kernel.table.Table;
import java.time.Duration;
import java.util.Optional;

/**
 * Who becomes unreachable when: where there is a limit, one after the other. Only who does takes
 * time from others; who waits and comes back takes none.
 */
public final class Removals {
  private final Undo undo;
  private final Deadlines<Due> deadlines;
  private final Optional<Duration> interval;

  /** Who waits for its turn, the first to have it first. */
  private final Table<AgentId, AgentId> waiting;

  /** When the next may have its turn, in monotonic nanoseconds. */
  private long free = Long.MIN_VALUE;

  Removals(Undo undo, Deadlines<Due> deadlines, Optional<Duration> interval) {
    this.undo = undo;
    this.deadlines = deadlines;
    this.interval = interval;
    waiting = new Table<>(undo);
  }

  /** Whether one more may become unreachable now, and nobody waits for that. */
  public boolean isFree(long nowNanos) {
    return waiting.isEmpty() && free <= nowNanos;
  }

  /** Has an agent wait for its turn, behind all others. */
  void queue(AgentId agent, long nowNanos) {
    waiting.put(agent, agent);
    scheduleNext(nowNanos);
  }

  /** Somebody's turn has come: that of the first who waits. */
  void next(long nowNanos) {
    var first = waiting.iterator().next();
    waiting.remove(first);
    deadlines.schedule(new Due.Removal(first), nowNanos);
    take(nowNanos);
    scheduleNext(nowNanos);
  }

  /** One has its turn now: the next must wait. */
  void take(long nowNanos) {
    var before = free;
    undo.record(() -> free = before);
    free = interval.map(pause -> Durations.after(nowNanos, pause.toNanos())).orElse(free);
  }

  /** It is back, or lost already: it waits no more. */
  void forget(AgentId agent, long nowNanos) {
    deadlines.cancel(new Due.Removal(agent));
    if (waiting.remove(agent) != null) {
      scheduleNext(nowNanos);
    }
  }

  private void scheduleNext(long nowNanos) {
    if (waiting.isEmpty()) {
      deadlines.cancel(new Due.NextRemoval());
    } else {
      deadlines.schedule(new Due.NextRemoval(), Math.max(free, nowNanos));
    }
  }
}
