package io.proffer.e2e.simulation;

import java.util.ArrayDeque;

/** One direction of a connection: what is sent arrives in order, later. */
final class SimPipe {
  private final SimNetwork network;
  private final String from;
  private final String to;
  private final ArrayDeque<Runnable> held = new ArrayDeque<>();
  private long last;

  SimPipe(SimNetwork network, String from, String to) {
    this.network = network;
    this.from = from;
    this.to = to;
  }

  boolean joins(String from, String to) {
    return this.from.equals(from) && this.to.equals(to);
  }

  void send(Runnable arrival) {
    if (network.isCut(from, to)) {
      if (held.isEmpty()) {
        network.stopped(this);
      }
      held.add(arrival);
    } else {
      travel(arrival);
    }
  }

  void flush() {
    while (!held.isEmpty()) {
      travel(held.poll());
    }
  }

  private void travel(Runnable arrival) {
    var world = network.world();
    var now = world.monotonicNanos();
    last = Math.max(last, now + network.weather().delayNanos(network.chance()));
    world.after(last - now, arrival);
  }
}
