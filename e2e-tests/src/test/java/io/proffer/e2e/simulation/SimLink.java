package io.proffer.e2e.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection of one client with the servers of ZooKeeper: what is said arrives in order. When it
 * breaks, the first of what was under way up has got there or will yet, and the rest is lost.
 */
final class SimLink {
  private static final long SHORTEST = 100_000;
  private static final long SPREAD = 2_000_000;

  private record Word(Runnable arrival) {}

  private final World world;
  private final SimZooKeeper servers;
  private final SimNodes client;
  private final ArrayDeque<Word> up = new ArrayDeque<>();
  private final ArrayDeque<Runnable> heldUp = new ArrayDeque<>();
  private final ArrayDeque<Runnable> heldDown = new ArrayDeque<>();
  private long lastUp;
  private long lastDown;
  private boolean broken;

  SimLink(World world, SimZooKeeper servers, SimNodes client) {
    this.world = world;
    this.servers = servers;
    this.client = client;
  }

  SimNodes client() {
    return client;
  }

  boolean isBroken() {
    return broken;
  }

  /** To the servers. */
  void up(Runnable arrival) {
    if (broken) {
      return;
    }
    if (servers.isCut(client.host())) {
      heldUp.add(arrival);
      return;
    }
    var word = new Word(arrival);
    up.add(word);
    lastUp = Math.max(lastUp, world.monotonicNanos() + time());
    world.after(
        lastUp - world.monotonicNanos(),
        () -> {
          if (up.remove(word)) {
            arrival.run();
          }
        });
  }

  /** To the client, on its thread. */
  void down(Runnable arrival) {
    if (broken) {
      return;
    }
    if (servers.isCut(client.host())) {
      heldDown.add(arrival);
      return;
    }
    lastDown = Math.max(lastDown, world.monotonicNanos() + time());
    world.after(
        lastDown - world.monotonicNanos(),
        () -> {
          if (!broken) {
            client.run(arrival);
          }
        });
  }

  /** The way is free again. */
  void flush() {
    while (!heldUp.isEmpty()) {
      up(heldUp.poll());
    }
    while (!heldDown.isEmpty()) {
      down(heldDown.poll());
    }
  }

  /**
   * Over.
   *
   * @return what of it gets to the servers all the same
   */
  List<Runnable> breakOff() {
    var late = new ArrayList<Runnable>();
    if (!broken) {
      broken = true;
      var arrive = servers.chance().nextInt(up.size() + 1);
      while (arrive-- > 0) {
        late.add(up.poll().arrival());
      }
      up.clear();
      heldUp.clear();
      heldDown.clear();
    }
    return late;
  }

  private long time() {
    return SHORTEST + servers.chance().nextLong(SPREAD) * servers.slowness(client.host());
  }
}
