package io.proffer.e2e.simulation;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;

/** One life of a process on a host: when it is killed, nothing it had planned happens any more. */
final class SimProcess {
  private final World world;
  private final String host;
  private final LinkedHashSet<Runnable> onDeath = new LinkedHashSet<>();
  private boolean alive = true;

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

  /** Does work soon, in the order asked, as an event loop would. */
  void run(Runnable work) {
    after(0, work);
  }

  Runnable after(Duration delay, Runnable work) {
    return after(delay.toNanos(), work);
  }

  Runnable after(long nanos, Runnable work) {
    return world.after(
        nanos,
        () -> {
          if (alive) {
            work.run();
          }
        });
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
      world.trace().add(world.monotonicNanos(), host, "killed");
      List.copyOf(onDeath).forEach(Runnable::run);
    }
  }
}
