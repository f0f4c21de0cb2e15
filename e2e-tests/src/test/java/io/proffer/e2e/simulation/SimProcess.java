package io.proffer.e2e.simulation;

import io.proffer.kernel.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** One life of a process on a host: when it is killed, nothing it had planned happens any more. */
final class SimProcess {
  private final World world;
  private final String host;
  private final LinkedHashSet<Runnable> onDeath = new LinkedHashSet<>();
  private final List<Runnable> held = new ArrayList<>();
  private boolean alive = true;
  private boolean paused;
  private Duration clockError = Duration.ZERO;

  SimProcess(World world, String host) {
    this.world = world;
    this.host = host;
  }

  World world() {
    return world;
  }

  String host() {
    return host;
  }

  boolean alive() {
    return alive;
  }

  /** The time as this host has it. */
  Clock clock() {
    return new Clock() {
      @Override
      public long monotonicNanos() {
        return world.monotonicNanos();
      }

      @Override
      public Instant wall() {
        return world.wall().plus(clockError);
      }
    };
  }

  /** Its wall clock is wrong by so much from now on. */
  void clockError(Duration error) {
    clockError = error;
  }

  /** Does nothing any more until it goes on; time passes all the same. */
  void pause() {
    paused = true;
    world.trace().add(world.monotonicNanos(), host, "paused");
  }

  /** Goes on with what it would have done meanwhile, as if it were still then. */
  void goOn() {
    if (paused) {
      paused = false;
      world.trace().add(world.monotonicNanos(), host, "goes on");
      var all = List.copyOf(held);
      held.clear();
      all.forEach(this::whenAwake);
    }
  }

  boolean isPaused() {
    return paused;
  }

  /** Does work now if it can, or when it goes on. */
  void whenAwake(Runnable work) {
    if (paused) {
      held.add(work);
    } else if (alive) {
      work.run();
    }
  }

  /** Does work soon, in the order asked, as an event loop would. */
  void run(Runnable work) {
    after(0, work);
  }

  Runnable after(Duration delay, Runnable work) {
    return after(delay.toNanos(), work);
  }

  Runnable after(long nanos, Runnable work) {
    return world.after(nanos, () -> whenAwake(work));
  }

  /** Does work again and again; the answer gives it up. */
  Runnable every(Duration period, Runnable work) {
    var over = new boolean[1];
    every(period, work, over);
    return () -> over[0] = true;
  }

  private void every(Duration period, Runnable work, boolean[] over) {
    after(
        period,
        () -> {
          if (!over[0]) {
            work.run();
            every(period, work, over);
          }
        });
  }

  /** What others notice of its end. */
  void onDeath(Runnable notice) {
    onDeath.add(notice);
  }

  /** It is no concern of theirs any more. */
  void forget(Runnable notice) {
    onDeath.remove(notice);
  }

  /** kill -9. */
  void kill() {
    if (alive) {
      alive = false;
      paused = false;
      held.clear();
      world.trace().add(world.monotonicNanos(), host, "killed");
      List.copyOf(onDeath).forEach(Runnable::run);
    }
  }
}
