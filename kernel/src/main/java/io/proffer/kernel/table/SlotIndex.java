package io.proffer.kernel.table;

import java.util.function.IntFunction;

/**
 * From key to slot: open addressing with linear probing over one int a cell. A removal moves later
 * cells back, so there are no tombstones, and nothing depends on where a key hashes but speed.
 */
final class SlotIndex {
  private static final int SMALLEST = 16;
  private static final int GOLDEN = 0x9E3779B9;

  private final IntFunction<Object> keyAt;

  /** Slot plus one; zero is an empty cell. Always a power of two long. */
  private int[] cells;

  private int size;

  SlotIndex(IntFunction<Object> keyAt) {
    this(keyAt, new int[SMALLEST], 0);
  }

  private SlotIndex(IntFunction<Object> keyAt, int[] cells, int size) {
    this.keyAt = keyAt;
    this.cells = cells;
    this.size = size;
  }

  /** The slot of the key, or -1. */
  int find(Object key) {
    return cells[cell(key)] - 1;
  }

  /** Adds a key that is not there. */
  void add(Object key, int slot) {
    if (3L * (size + 1) > 2L * cells.length) {
      grow();
    }
    cells[cell(key)] = slot + 1;
    size++;
  }

  /** Removes a key that is there; its slot must still hold it. */
  void remove(Object key) {
    var mask = cells.length - 1;
    var hole = cell(key);
    for (var next = (hole + 1) & mask; cells[next] != 0; next = (next + 1) & mask) {
      var home = home(keyAt.apply(cells[next] - 1));
      // It may move back unless its home lies behind the hole, seen from here.
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        cells[hole] = cells[next];
        hole = next;
      }
    }
    cells[hole] = 0;
    size--;
  }

  /** The same keys at other slots; cells do not move, so no key is hashed. */
  SlotIndex moved(int[] newSlots) {
    var moved = new int[cells.length];
    for (var i = 0; i < cells.length; i++) {
      moved[i] = cells[i] == 0 ? 0 : newSlots[cells[i] - 1] + 1;
    }
    return new SlotIndex(keyAt, moved, size);
  }

  private int cell(Object key) {
    var mask = cells.length - 1;
    var cell = home(key);
    while (cells[cell] != 0 && !key.equals(keyAt.apply(cells[cell] - 1))) {
      cell = (cell + 1) & mask;
    }
    return cell;
  }

  private int home(Object key) {
    return (key.hashCode() * GOLDEN) >>> Integer.numberOfLeadingZeros(cells.length - 1);
  }

  private void grow() {
    var old = cells;
    cells = new int[old.length * 2];
    var mask = cells.length - 1;
    for (var content : old) {
      if (content != 0) {
        var cell = home(keyAt.apply(content - 1));
        while (cells[cell] != 0) {
          cell = (cell + 1) & mask;
        }
        cells[cell] = content;
      }
    }
  }
}
