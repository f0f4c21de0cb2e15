package io.proffer.agent;

import io.proffer.agent.core.AgentCore;
import io.proffer.agent.core.command.Command;
import io.proffer.agent.core.effect.Effect;
import io.proffer.agent.core.event.Event;
import io.proffer.agent.metrics.AgentFigures;
import io.proffer.agent.metrics.FrameCounts;
import io.proffer.api.metrics.EventLoopDelay;
import io.proffer.api.metrics.Figures;
import io.proffer.api.metrics.Spans;
import io.proffer.api.metrics.TurnTimes;
import io.proffer.kernel.Clock;
import io.proffer.kernel.Core;
import io.proffer.kernel.Frame;
import io.proffer.kernel.Gate;
import io.proffer.kernel.Journal;
import io.proffer.kernel.ObservedCore;
import io.proffer.kernel.TimedJournal;
import io.proffer.kernel.Write;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** The parts of an agent, each with what counts or times it around it. */
final class Metering {
  private final Clock clock;
  private final FrameCounts frames;
  private final TurnTimes turns;
  private final Spans stored;

  /** Known once there is one; the agent listens before. */
  private volatile Optional<Gate<Event, Effect>> gate = Optional.empty();

  Metering(Clock clock) {
    this.clock = clock;
    this.frames = new FrameCounts(clock);
    this.turns =
        new TurnTimes("proffer_agent", "slave/turns/", AgentFigures::word, clock::monotonicNanos);
    this.stored = new Spans(clock::monotonicNanos);
  }

  Journal<Write> timed(Journal<Write> journal) {
    return new TimedJournal<>(journal, clock, stored::record);
  }

  /** The core, with those who read its frames. */
  Core<Command, Event, Effect> observed(
      AgentCore core, Consumer<? super Frame<Event, Effect>> reader) {
    return new ObservedCore<>(
        core,
        (command, frame) -> {
          frames.read(command, frame);
          reader.accept(frame);
        });
  }

  void turned(Command command, long nanos, long waitedNanos) {
    turns.turned(command.getClass(), nanos, waitedNanos);
  }

  void watch(Gate<Event, Effect> gate) {
    this.gate = Optional.of(gate);
  }

  /**
   * Who tells the figures.
   *
   * @param queued how many commands wait
   * @param more what other rooms tell
   */
  AgentFigures figures(EventLoopDelay delay, IntSupplier queued, Consumer<? super Figures> more) {
    return new AgentFigures(
        new AgentFigures.Counted(frames, turns, stored, delay, more),
        new AgentFigures.Queues(queued, () -> gate.map(Gate::depth).orElse(0)),
        clock);
  }
}
