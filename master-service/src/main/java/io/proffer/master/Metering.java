package io.proffer.master;

import io.proffer.api.metrics.EventLoopDelay;
import io.proffer.api.metrics.Figures;
import io.proffer.api.metrics.MetricsEndpoints;
import io.proffer.api.metrics.Spans;
import io.proffer.api.metrics.TurnTimes;
import io.proffer.kernel.Clock;
import io.proffer.kernel.Core;
import io.proffer.kernel.Frame;
import io.proffer.kernel.Journal;
import io.proffer.kernel.ObservedCore;
import io.proffer.kernel.TimedJournal;
import io.proffer.kernel.TurnListener;
import io.proffer.kernel.Write;
import io.proffer.master.core.MasterCore;
import io.proffer.master.core.allocator.Allocator;
import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.command.Command;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.effect.Effect;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.http.Snapshots;
import io.proffer.master.metrics.AllocationTimes;
import io.proffer.master.metrics.FrameCounts;
import io.proffer.master.metrics.MasterFigures;
import io.proffer.master.metrics.RoleFigures;
import io.vertx.core.Vertx;
import java.util.function.Consumer;

/**
 * The parts of a master, each with what counts or times it around it, and who tells the figures.
 */
final class Metering implements AutoCloseable {
  private final MetricsTuning tuning;
  private final TimedAllocator allocator;
  private final FrameCounts frames;
  private final Journal<Write> journal;
  private final MasterFigures.Counted counted;

  Metering(
      MetricsTuning tuning, Clock clock, Vertx vertx, Allocator allocator, Journal<Write> journal) {
    this.tuning = tuning;
    var allocation = new AllocationTimes(clock::monotonicNanos);
    this.allocator = new TimedAllocator(allocator, allocation, clock);
    this.frames = new FrameCounts(tuning.frameworks());
    var stored = new Spans(clock::monotonicNanos);
    this.journal = new TimedJournal<>(journal, clock, stored::record);
    this.counted =
        new MasterFigures.Counted(
            new TurnTimes("proffer_master", "master/turns/", Metering::word, clock::monotonicNanos),
            frames,
            allocation,
            stored,
            new RoleFigures(tuning.roles(), this.allocator::shares),
            EventLoopDelay.watch(vertx));
  }

  /** Schedulers, agents and operators have calls of the same name. */
  private static String word(Class<?> command) {
    var prefix =
        AgentCommand.class.isAssignableFrom(command)
            ? "Agent"
            : OperatorCommand.class.isAssignableFrom(command) ? "Operator" : "";
    return prefix + command.getSimpleName();
  }

  Allocator allocator() {
    return allocator;
  }

  Journal<Write> journal() {
    return journal;
  }

  /** The core, with those who read its frames. */
  Core<Command, Event, Effect> core(
      MasterCore core, Consumer<? super Frame<Event, Effect>> reader) {
    return new ObservedCore<>(
        core,
        (command, frame) -> {
          frames.read(command, frame);
          reader.accept(frame);
        });
  }

  TurnListener<Command> turns() {
    return (command, nanos, waited) -> {
      counted.turns().turned(command.getClass(), nanos, waited);
      counted.roles().turned(command);
    };
  }

  /** A rule threw. */
  void incident() {
    frames.incident();
  }

  /**
   * What answers those who read figures.
   *
   * @param more what others tell
   */
  MetricsEndpoints<Snapshot> endpoints(
      Snapshots snapshots,
      MasterFigures.Queues queues,
      MasterFigures.Streams streams,
      MasterFigures.About about,
      Consumer<? super Figures> more) {
    var figures = new MasterFigures(counted, queues, streams, about);
    return new MetricsEndpoints<>(
        () -> {
          counted.roles().want();
          return snapshots.next();
        },
        (tables, told) -> {
          figures.tell(tables, told);
          more.accept(told);
        },
        (tables, detailed) -> {},
        tuning.timeout());
  }

  @Override
  public void close() {
    counted.eventLoops().close();
  }
}
