package io.proffer.master.core.allocator;

import java.util.Arrays;

/**
 * Refusals by deadline: a binary heap in which each knows its place, so that one that is taken back
 * leaves at once and year-long ones cannot pile up.
 */
final class RefusalQueue {
  private Refusal[] heap = new Refusal[16];
  private int size;

  /** The one that ends first, or null. */
  Refusal first() {
    return size == 0 ? null : heap[0];
  }

  int size() {
    return size;
  }

  void add(Refusal refusal) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    size++;
    up(size - 1, refusal);
    refusal.client.role().countRefusals(1);
  }

  /** It must be in the queue. */
  void remove(Refusal refusal) {
    int hole = refusal.place;
    size--;
    var last = heap[size];
    heap[size] = null;
    refusal.place = -1;
    refusal.client.role().countRefusals(-1);
    if (last != refusal) {
      up(hole, last);
      down(last.place, last);
    }
  }

  private void up(int from, Refusal refusal) {
    int at = from;
    while (at > 0 && refusal.deadlineNanos - heap[(at - 1) >>> 1].deadlineNanos < 0) {
      put(at, heap[(at - 1) >>> 1]);
      at = (at - 1) >>> 1;
    }
    put(at, refusal);
  }

  private void down(int from, Refusal refusal) {
    int at = from;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && heap[child + 1].deadlineNanos - heap[child].deadlineNanos < 0) {
        child++;
      }
      if (heap[child].deadlineNanos - refusal.deadlineNanos >= 0) {
        break;
      }
      put(at, heap[child]);
      at = child;
    }
    put(at, refusal);
  }

  private void put(int at, Refusal refusal) {
    heap[at] = refusal;
    refusal.place = at;
  }
}
