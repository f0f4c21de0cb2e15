package io.proffer.master.core.state;

import io.proffer.kernel.Undo;
import java.time.Duration;
import java.util.Optional;

/** Who becomes unreachable when: where there is a limit, one after the other. */
public final class Removals {
  private final Undo undo;
  private final Optional<Duration> interval;

  /** The first time that nobody has, in monotonic nanoseconds. */
  private long free = Long.MIN_VALUE;

  Removals(Undo undo, Optional<Duration> interval) {
    this.undo = undo;
    this.interval = interval;
  }

  /** Whether one more may become unreachable now, and nobody waits for that. */
  public boolean isFree(long nowNanos) {
    return free <= nowNanos;
  }

  /** Takes the first time that is free, now or later, and answers it. */
  long take(long nowNanos) {
    var time = Math.max(free, nowNanos);
    var before = free;
    undo.record(() -> free = before);
    free = interval.map(pause -> Durations.after(time, pause.toNanos())).orElse(free);
    return time;
  }
}
