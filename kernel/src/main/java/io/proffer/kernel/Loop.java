package io.proffer.kernel;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Gives commands their turns, one at a time, on one thread.
 *
 * <p>A drain takes the commands that wait now, at most {@code batch} of them and no more than the
 * gate has room for, then one tick if the core's deadline has passed, and hands the frames to the
 * gate together. So ticks cannot starve, and commands wait for at most one tick. {@link #start}
 * drains on a thread of its own; a simulator calls {@link #drain} itself instead.
 *
 * @param <C> what may be asked
 * @param <E> what became true
 * @param <F> what the world must hear
 */
public final class Loop<C, E, F> implements AutoCloseable {
  /**
   * How much a loop bears.
   *
   * @param queue how many commands may wait
   * @param batch how many commands one drain takes at most
   * @param close how long {@link #close()} waits for what is queued
   */
  public record Limits(int queue, int batch, Duration close) {
    public Limits {
      if (queue < 1 || batch < 1 || close.isNegative()) {
        throw new IllegalArgumentException(
            "A loop needs a queue and a batch of at least 1 and a time to close of at least 0, not "
                + List.of(queue, batch, close));
      }
    }
  }

  /** How long an idle loop sleeps at most; only a core without deadlines gets this far. */
  private static final long LONGEST_WAIT_NANOS = Duration.ofMinutes(1).toNanos();

  private final Core<C, E, F> core;
  private final Supplier<? extends C> tick;
  private final Gate<E, F> gate;
  private final Moments moments;
  private final Limits limits;
  private final TurnListener<? super C> listener;
  private final Consumer<? super Throwable> onFailure;
  private final Thread thread;

  private final Inbox<Waiting<C>> inbox;
  private final AtomicBoolean failed = new AtomicBoolean();

  /** Taken from the queue, not yet handled. Of the loop's thread, as is all that follows. */
  private final ArrayDeque<Waiting<C>> taken = new ArrayDeque<>();

  /** A command, and since when it waits, in monotonic nanoseconds. */
  private record Waiting<C>(C command, long sinceNanos) {}

  /**
   * @param name of the thread
   * @param tick makes the command that stands for "time has passed"
   * @param onFailure hears, once and on the loop's thread, what ended the loop: an exception out of
   *     the core, the gate, or whom the gate serves
   */
  public Loop(
      String name,
      Core<C, E, F> core,
      Supplier<? extends C> tick,
      Gate<E, F> gate,
      Moments moments,
      Limits limits,
      TurnListener<? super C> listener,
      Consumer<? super Throwable> onFailure) {
    this.core = Objects.requireNonNull(core, "core");
    this.tick = Objects.requireNonNull(tick, "tick");
    this.gate = Objects.requireNonNull(gate, "gate");
    this.moments = Objects.requireNonNull(moments, "moments");
    this.limits = Objects.requireNonNull(limits, "limits");
    this.listener = Objects.requireNonNull(listener, "listener");
    this.onFailure = Objects.requireNonNull(onFailure, "onFailure");
    this.inbox = new Inbox<>(limits.queue());
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    gate.onLanding(inbox::wake);
  }

  /** Starts the thread. Once. */
  public void start() {
    thread.start();
  }

  /** Queues a command from any thread. False, at once, when the queue is full or the loop stops. */
  public boolean offer(C command) {
    Objects.requireNonNull(command, "command");
    return inbox.offer(new Waiting<>(command, moments.nanos()));
  }

  /** How many commands wait. */
  public int queued() {
    return inbox.size();
  }

  /**
   * Handles what waits now and returns without blocking. For a simulator, which has no thread;
   * never to be called beside {@link #start}.
   *
   * @return true when a turn was taken
   */
  public boolean drain() {
    gate.advance();
    var room = Math.min(gate.room(), limits.batch());
    if (room == 0) {
      return false;
    }
    inbox.take(room - taken.size(), taken);
    var frames = new ArrayList<Frame<E, F>>();
    // A write that ended is looked at between turns: what waits for it should not wait for us.
    while (frames.size() < room && !taken.isEmpty()) {
      var next = taken.poll();
      frames.add(turn(next.command(), OptionalLong.of(next.sinceNanos())));
      if (gate.hasLanded()) {
        break;
      }
    }
    if (tickIsDue()) {
      frames.add(turn(tick.get(), OptionalLong.empty()));
    }
    gate.accept(frames);
    return !frames.isEmpty();
  }

  /**
   * Takes no more commands and waits, up to the limit, until those that wait have had their turn.
   */
  @Override
  public void close() {
    close(limits.close());
  }

  /**
   * As {@link #close()} with a limit of its own. With {@link Duration#ZERO} nothing more leaves but
   * what is leaving now. When the limit passes, the gate is shut and what is left is dropped.
   */
  public void close(Duration limit) {
    inbox.close();
    if (Thread.currentThread() == thread && !limit.isZero()) {
      return; // Called by an effect: the loop ends by itself when this drain is through.
    }
    if (limit.isZero() || !ended(limit)) {
      gate.shut();
      inbox.wake();
    }
  }

  private boolean ended(Duration limit) {
    try {
      return thread.getState() != Thread.State.NEW && thread.join(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void run() {
    try {
      while (!finished()) {
        if (!drain()) {
          sleep();
        }
      }
    } catch (Throwable e) {
      fail(e);
    } finally {
      gate.shut();
    }
  }

  private void fail(Throwable cause) {
    gate.shut();
    inbox.close();
    inbox.take(Integer.MAX_VALUE, taken);
    taken.clear();
    if (failed.compareAndSet(false, true)) {
      onFailure.accept(cause);
    }
  }

  private Frame<E, F> turn(C command, OptionalLong since) {
    var moment = moments.next();
    var frame = core.handle(command, moment);
    var began = moment.monotonicNanos();
    listener.turned(command, moments.nanos() - began, began - since.orElse(began));
    return frame;
  }

  private boolean tickIsDue() {
    var deadline = core.nextDeadlineNanos();
    return deadline.isPresent() && deadline.getAsLong() <= moments.nanos();
  }

  private boolean finished() {
    return gate.isShut() || (taken.isEmpty() && gate.held() == 0 && inbox.isDrained());
  }

  /** Waits for a command the gate has room for, the end of a write, or the next deadline. */
  private void sleep() throws InterruptedException {
    inbox.sleep(untilNextDeadline(), gate.room() > 0, gate.held() == 0);
  }

  private long untilNextDeadline() {
    var now = moments.nanos();
    var wait = LONGEST_WAIT_NANOS;
    var store = gate.deadlineNanos();
    if (store.isPresent()) {
      wait = Math.min(wait, store.getAsLong() - now);
    }
    var next = core.nextDeadlineNanos();
    if (next.isPresent() && gate.room() > 0) {
      wait = Math.min(wait, next.getAsLong() - now);
    }
    return wait;
  }
}
