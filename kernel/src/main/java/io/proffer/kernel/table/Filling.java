package io.proffer.kernel.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Pages being filled one value after another, for a snapshot that no table was taken from. */
final class Filling<V> {
  private final List<Page> pages = new ArrayList<>();
  private int size;

  void add(V value) {
    var slot = size & (Page.SLOTS - 1);
    if (slot == 0) {
      pages.add(new Page(0));
    }
    // Nobody looks anything up in a snapshot: its pages need no keys.
    pages.getLast().fill(slot, null, Objects.requireNonNull(value));
    size++;
  }

  int size() {
    return size;
  }

  Snapshot<V> snapshot() {
    return new Snapshot<>(pages.toArray(Page[]::new), size);
  }
}
