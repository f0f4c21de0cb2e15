package io.proffer.e2e.simulation;

import java.util.function.Consumer;

/**
 * What an agent keeps back on its disk for the day when that is full, and what it says of that: as
 * the real one does with files.
 */
final class SimRelief {
  /** For so many batches there is room when there is no other. */
  private static final int SLICES = 15;

  private final SimDisk disk;
  private Consumer<Boolean> tell = full -> {};
  private int left = SLICES;
  private boolean told;

  SimRelief(SimDisk disk) {
    this.disk = disk;
  }

  /** An agent starts, which knows nothing of its disk. */
  void began(Consumer<Boolean> tell) {
    this.tell = tell;
    told = false;
    look();
  }

  /** Whether an agent finds room for what it writes when it starts. */
  boolean hasRoom() {
    return !disk.isFull() || left > 0;
  }

  /** For a store that finds no room: whether there is more now. */
  boolean makeRoom() {
    if (left == 0) {
      return false;
    }
    left--;
    full(true);
    return true;
  }

  /** Keeps back as much as before, if there is room for it again. */
  void look() {
    if (!disk.isFull()) {
      left = SLICES;
    }
    full(left < SLICES);
  }

  private void full(boolean now) {
    if (now != told) {
      told = now;
      tell.accept(now);
    }
  }
}
