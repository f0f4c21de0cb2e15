package io.proffer.kernel;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Lets a frame out once its facts, and those of every frame before it, are durable.
 *
 * <pre>
 *   accept --> waiting --(no writes ahead, none in flight)-----------> readers, effects
 *                 |                                                       ^
 *                 '--> in flight: one batch of all that waited --durable--'
 * </pre>
 *
 * <p>A write that fails, or takes longer than the store timeout, shuts the gate for ever: nothing
 * leaves any more and {@link StoreException} tells the loop. Everything but {@link #shut} and the
 * completion of a write happens on the thread of the loop, readers and effects included.
 *
 * @param <E> what became true
 * @param <F> what the world must hear
 */
public final class Gate<E, F> {
  /**
   * How much a gate bears.
   *
   * @param frames how many frames may wait (with those in flight) before the loop stops taking
   *     commands; one tick may come on top
   * @param bytes how much these frames may write before the loop stops; one drain may come on top
   * @param storeTimeout how long one write may take
   */
  public record Limits(int frames, long bytes, Duration storeTimeout) {
    /** Where frames write little. */
    public Limits(int frames, Duration storeTimeout) {
      this(frames, Long.MAX_VALUE, storeTimeout);
    }

    public Limits {
      if (frames < 1 || bytes < 1 || storeTimeout.isNegative() || storeTimeout.isZero()) {
        throw new IllegalArgumentException(
            "A gate needs room for at least 1 frame and 1 byte and a store timeout above zero, not "
                + List.of(frames, bytes, storeTimeout));
      }
    }
  }

  private record Held<E, F>(Frame<E, F> frame, List<Write> writes) {
    long bytes() {
      var sum = 0L;
      for (var write : writes) {
        sum += write.value().map(value -> value.length).orElse(0);
      }
      return sum;
    }
  }

  /** One write of the journal; {@code outcome} is set once, by whichever thread completes it. */
  private record Flight<E, F>(
      List<Held<E, F>> frames, long startedNanos, AtomicReference<Outcome> outcome) {}

  private sealed interface Outcome {
    record Durable() implements Outcome {}

    record Failed(Throwable cause) implements Outcome {}
  }

  private final Function<? super E, List<Write>> durable;
  private final Journal<Write> journal;
  private final Consumer<? super Frame<E, F>> readers;
  private final Consumer<? super List<F>> effects;
  private final Clock clock;
  private final Limits limits;

  private final ArrayDeque<Held<E, F>> waiting = new ArrayDeque<>();

  /** What is written by all that has not left. */
  private long bytes;

  private volatile Flight<E, F> flight;
  private volatile boolean shut;
  private volatile int depth;
  private volatile Runnable wake = () -> {};

  /**
   * @param durable what a fact puts and deletes; empty for facts that need not outlive the process
   * @param readers sees each frame when it passes, before its effects leave (logs, metrics)
   * @param effects gets what may leave, in order, as one batch each time something passes
   */
  public Gate(
      Function<? super E, List<Write>> durable,
      Journal<Write> journal,
      Consumer<? super Frame<E, F>> readers,
      Consumer<? super List<F>> effects,
      Clock clock,
      Limits limits) {
    this.durable = Objects.requireNonNull(durable, "durable");
    this.journal = Objects.requireNonNull(journal, "journal");
    this.readers = Objects.requireNonNull(readers, "readers");
    this.effects = Objects.requireNonNull(effects, "effects");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /**
   * Takes the frames of one drain, in order, and lets out what may leave. An empty frame is
   * dropped.
   *
   * @throws StoreException when a write failed or took too long; the gate is shut then
   */
  public void accept(List<Frame<E, F>> frames) {
    for (var frame : frames) {
      if (!frame.isEmpty()) {
        var held = new Held<>(frame, writesOf(frame));
        bytes += held.bytes();
        waiting.add(held);
      }
    }
    advance();
  }

  /**
   * Lets out what has become durable and starts the next write.
   *
   * @throws StoreException when a write failed or took too long; the gate is shut then
   */
  public void advance() {
    try {
      letOut();
    } finally {
      depth = held();
    }
  }

  private void letOut() {
    while (!shut) {
      if (flight != null && !landed()) {
        return;
      }
      pass(withoutWrites());
      if (waiting.isEmpty()) {
        return;
      }
      write();
    }
  }

  /** How many more frames the gate takes before the loop must pause; never negative. */
  public int room() {
    return bytes >= limits.bytes() ? 0 : Math.max(0, limits.frames() - held());
  }

  /** How many frames have not left yet. */
  public int held() {
    var flying = flight;
    return waiting.size() + (flying == null ? 0 : flying.frames().size());
  }

  /** How many frames had not left when the loop last looked. From any thread. */
  public int depth() {
    return depth;
  }

  /** When, in monotonic nanoseconds, the write in flight has taken too long. */
  public OptionalLong deadlineNanos() {
    var flying = flight;
    return flying == null || shut
        ? OptionalLong.empty()
        : OptionalLong.of(flying.startedNanos() + limits.storeTimeout().toNanos());
  }

  /** True when a write has ended and {@link #advance} has something to do. From any thread. */
  public boolean hasLanded() {
    var flying = flight;
    return flying != null && flying.outcome().get() != null;
  }

  /** Nothing leaves any more, whatever becomes durable. From any thread. */
  public void shut() {
    shut = true;
  }

  /** True once nothing can leave any more. */
  public boolean isShut() {
    return shut;
  }

  /** Has {@code wake} called, on any thread, each time a write has ended. */
  void onLanding(Runnable wake) {
    this.wake = wake;
  }

  private List<Write> writesOf(Frame<E, F> frame) {
    var writes = new ArrayList<Write>(0);
    for (var event : frame.events()) {
      writes.addAll(durable.apply(event));
    }
    return writes;
  }

  private boolean landed() {
    var outcome = flight.outcome().get();
    if (outcome == null) {
      var nanos = clock.monotonicNanos() - flight.startedNanos();
      if (nanos >= limits.storeTimeout().toNanos()) {
        shut = true;
        throw new StoreException(
            "The store did not answer within %s ms; nothing built on that write will leave. Look at the disk or the store, then start again."
                .formatted(limits.storeTimeout().toMillis()));
      }
      return false;
    }
    switch (outcome) {
      case Outcome.Failed(Throwable cause) -> throw refused(cause);
      case Outcome.Durable() -> {
        var frames = flight.frames();
        flight = null;
        pass(frames);
      }
    }
    return true;
  }

  /** Takes the frames at the head that need no write. */
  private List<Held<E, F>> withoutWrites() {
    var ready = new ArrayList<Held<E, F>>();
    while (!waiting.isEmpty() && waiting.peek().writes().isEmpty()) {
      ready.add(waiting.poll());
    }
    return ready;
  }

  private void pass(List<Held<E, F>> frames) {
    var out = new ArrayList<F>();
    for (var held : frames) {
      if (shut) {
        return;
      }
      bytes -= held.bytes();
      readers.accept(held.frame());
      out.addAll(held.frame().effects());
    }
    if (!out.isEmpty() && !shut) {
      effects.accept(out);
    }
  }

  /** Sends all that waits as one batch, so a frame's writes are never split. */
  private void write() {
    var frames = List.copyOf(waiting);
    waiting.clear();
    var batch = new ArrayList<Write>();
    frames.forEach(held -> batch.addAll(held.writes()));
    var outcome = new AtomicReference<Outcome>();
    flight = new Flight<>(frames, clock.monotonicNanos(), outcome);
    try {
      journal
          .append(batch)
          .whenComplete(
              (done, cause) -> {
                outcome.set(cause == null ? new Outcome.Durable() : new Outcome.Failed(cause));
                wake.run();
              });
    } catch (RuntimeException e) {
      throw refused(e);
    }
  }

  private StoreException refused(Throwable failure) {
    shut = true;
    // Who looked on at the write, to time it, has wrapped what went wrong.
    var cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof StoreException known
        ? known
        : new StoreException("A write to the store failed: " + cause.getMessage(), cause);
  }
}
