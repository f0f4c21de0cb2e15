package io.proffer.e2e.simulation;

import io.proffer.kernel.Core;
import io.proffer.kernel.Gate;
import io.proffer.kernel.Ids;
import io.proffer.kernel.Loop;
import io.proffer.kernel.Moments;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A real loop that takes its turns when the world says so, instead of on a thread. */
final class SimLoop<C, E, F> {
  private static final int MOST_IN_VAIN = 5_000;
  private static final Loop.Limits LIMITS = new Loop.Limits(200, 16, Duration.ZERO);

  private final SimProcess process;
  private final Core<C, E, F> core;
  private final Gate<E, F> gate;
  private final Loop<C, E, F> loop;
  private final SplittableRandom chance;
  private final Consumer<Throwable> failed;
  private Runnable timer = () -> {};
  private boolean planned;
  private boolean over;
  private int inVain;

  SimLoop(
      SimProcess process,
      Core<C, E, F> core,
      Supplier<C> tick,
      Gate<E, F> gate,
      Moments moments,
      Consumer<Throwable> failed) {
    this.failed = failed;
    this.process = process;
    this.core = core;
    this.gate = gate;
    this.chance = process.world().chance("turns of " + process.host());
    this.loop =
        new Loop<>(
            "simulated", core, tick, gate, moments, LIMITS, (command, nanos, waited) -> {}, failed);
  }

  /** Moments of this process: the world's clock, and identities of its chance. */
  static Moments moments(SimProcess process) {
    var world = process.world();
    var chance = world.chance("ids of " + process.host() + " at " + world.monotonicNanos());
    return new Moments(process.clock(), ids(chance), chance.nextLong());
  }

  static Ids ids(SplittableRandom chance) {
    return () -> new UUID(chance.nextLong(), chance.nextLong());
  }

  /** Begins to follow the core's deadlines. */
  void start() {
    wake();
  }

  boolean offer(C command) {
    var taken = loop.offer(command);
    wake();
    return taken;
  }

  /** Hands over what may not get lost: again and again until there is room. */
  void insist(C command) {
    if (!offer(command) && !over) {
      process.after(Duration.ofMillis(10), () -> insist(command));
    }
  }

  /** Nothing more leaves, and nobody gets a turn any more. */
  void end() {
    over = true;
    loop.close(Duration.ZERO);
  }

  /** There may be something to do. */
  void wake() {
    if (!planned && !over) {
      planned = true;
      process.after(1_000 + chance.nextLong(200_000), this::turn);
    }
  }

  private void turn() {
    planned = false;
    if (over) {
      return;
    }
    try {
      loop.drain();
    } catch (InvariantBroken e) {
      throw e;
    } catch (RuntimeException e) {
      over = true;
      failed.accept(e);
      return;
    }
    timer.run();
    countTurn();
    if (loop.queued() > 0) {
      if (gate.room() > 0) {
        wake();
      }
      return;
    }
    var next = earlier(core.nextDeadlineNanos(), gate.deadlineNanos());
    next.ifPresent(
        at ->
            timer = process.after(Math.max(0, at - process.world().monotonicNanos()), this::wake));
  }

  /** A core that wants its next turn at once, again and again, has something it cannot finish. */
  private void countTurn() {
    var now = process.world().monotonicNanos();
    var deadline = core.nextDeadlineNanos();
    inVain = deadline.isPresent() && deadline.getAsLong() <= now ? inVain + 1 : 0;
    if (inVain > MOST_IN_VAIN) {
      throw process.world().broken(process.host() + " goes round and round");
    }
  }

  private static OptionalLong earlier(OptionalLong a, OptionalLong b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isPresent() ? a : b;
    }
    return OptionalLong.of(Math.min(a.getAsLong(), b.getAsLong()));
  }
}
