package io.proffer.kernel.table;

import java.util.Arrays;

/**
 * A run of slots. Once a snapshot has seen a page it is never written again: the table copies it.
 * Keys are read by the table alone, so copies share them.
 */
final class Page {
  static final int BITS = 8;
  static final int SLOTS = 1 << BITS;
  private static final int SMALLEST = 8;

  private Object[] keys;
  private Object[] values;
  private int live;

  /** The table's count of snapshots when this page was made: an older page is not to be written. */
  final long epoch;

  Page(long epoch) {
    this.epoch = epoch;
    this.keys = new Object[SMALLEST];
    this.values = new Object[SMALLEST];
  }

  private Page(Page other, long epoch) {
    this.epoch = epoch;
    this.keys = other.keys;
    this.values = other.values.clone();
    this.live = other.live;
  }

  Page copy(long newEpoch) {
    return new Page(this, newEpoch);
  }

  Object key(int slot) {
    return keys[slot];
  }

  /** The value in the slot, null where there is none (yet). */
  Object value(int slot) {
    return slot < values.length ? values[slot] : null;
  }

  int live() {
    return live;
  }

  void fill(int slot, Object key, Object value) {
    if (slot >= values.length) {
      var length = Integer.highestOneBit(slot) << 1;
      keys = Arrays.copyOf(keys, length);
      values = Arrays.copyOf(values, length);
    }
    keys[slot] = key;
    values[slot] = value;
    live++;
  }

  void replace(int slot, Object value) {
    values[slot] = value;
  }

  void clear(int slot) {
    keys[slot] = null;
    values[slot] = null;
    live--;
  }
}
