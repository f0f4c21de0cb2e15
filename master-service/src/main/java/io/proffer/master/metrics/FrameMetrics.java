package io.proffer.master.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.proffer.kernel.Frame;
import io.proffer.kernel.TurnListener;
import io.proffer.master.core.command.Command;
import io.proffer.master.core.effect.Effect;
import io.proffer.master.core.event.Event;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Counts what passes the gate and times turns, by kind. Of the loop's thread, but incidents. */
public final class FrameMetrics implements Consumer<Frame<Event, Effect>>, TurnListener<Command> {
  static final String TURNS = "proffer.master.turns";
  static final String COMMAND = "command";

  /** Turns longer than this keep everybody else waiting for too long. */
  static final Duration LONG_TURN = Duration.ofMillis(20);

  static final String LONG_TURNS = "proffer.master.turns.long";

  /** What percentiles and maxima look back on; the reference's is one hour, too. */
  private static final Duration WINDOW = Duration.ofHours(1);

  private final MeterRegistry registry;
  private final Map<Class<?>, Counter> events = new HashMap<>();
  private final Map<Class<?>, Timer> turns = new HashMap<>();
  private final Counter frames;
  private final Counter effects;
  private final Counter incidents;

  public FrameMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.frames = registry.counter("proffer.master.frames");
    this.effects = registry.counter("proffer.master.effects");
    this.incidents = registry.counter("proffer.master.incidents");
  }

  @Override
  public void accept(Frame<Event, Effect> frame) {
    frames.increment();
    effects.increment(frame.effects().size());
    for (var event : frame.events()) {
      events
          .computeIfAbsent(
              event.getClass(),
              kind -> registry.counter("proffer.master.events", "kind", kind.getSimpleName()))
          .increment();
    }
  }

  @Override
  public void turned(Command command, long nanos) {
    turns
        .computeIfAbsent(command.getClass(), kind -> timer(kind.getSimpleName()))
        .record(nanos, TimeUnit.NANOSECONDS);
    if (nanos > LONG_TURN.toNanos()) {
      registry.counter(LONG_TURNS, COMMAND, command.getClass().getSimpleName()).increment();
    }
  }

  private Timer timer(String command) {
    return Timer.builder(TURNS)
        .tag(COMMAND, command)
        .publishPercentiles(0.5, 0.99, 0.999)
        .percentilePrecision(2)
        .distributionStatisticExpiry(WINDOW)
        .distributionStatisticBufferLength(1)
        .register(registry);
  }

  /** A rule threw. */
  public void incident() {
    incidents.increment();
  }
}
