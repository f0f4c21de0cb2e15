package io.proffer.e2e.simulation;

import java.util.ArrayDeque;

/** One direction of a connection: what is sent arrives in order, later, at its reader's pace. */
final class SimPipe {
  private record Piece(int bytes, Runnable arrival) {}

  private final SimNetwork network;
  private final String from;
  private final String to;
  private final ArrayDeque<Piece> held = new ArrayDeque<>();
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
    send(0, arrival);
  }

  void send(int bytes, Runnable arrival) {
    var piece = new Piece(bytes, arrival);
    if (network.isCut(from, to)) {
      if (held.isEmpty()) {
        network.stopped(this);
      }
      held.add(piece);
    } else {
      travel(piece);
    }
  }

  void flush() {
    while (!held.isEmpty()) {
      travel(held.poll());
    }
  }

  private void travel(Piece piece) {
    var world = network.world();
    var now = world.monotonicNanos();
    last = Math.max(last, now + network.weather().delayNanos(network.chance()));
    last += network.nanosPerByte(to) * piece.bytes();
    world.after(last - now, piece.arrival());
  }
}
