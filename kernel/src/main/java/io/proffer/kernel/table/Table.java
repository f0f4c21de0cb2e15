package io.proffer.kernel.table;

import io.proffer.kernel.Undo;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Rows under keys, in the order of insertion, for the state of a core.
 *
 * <p>Every write leaves its inverse in the {@link Undo}, which also restores the order. A {@link
 * #snapshot} costs a copy of the page pointers. Rows are found through an index of ints; a removed
 * row leaves a hole, and when holes outnumber rows the table is packed anew, in order. Beyond key
 * and value a row costs about 20 bytes. Of one thread.
 *
 * @param <K> with equals and hashCode that never change
 * @param <V> immutable, or snapshots would change under their readers
 */
public final class Table<K, V> implements Iterable<V> {
  private final Undo undo;
  private Page[] pages = {};
  private SlotIndex index = new SlotIndex(this::keyAt);

  /** The slot of the next new row. */
  private int end;

  private int size;
  private int changes;
  private long epoch;
  private Snapshot<V> latest = new Snapshot<>(pages, 0);

  /**
   * @param undo gets the inverse of each write
   */
  public Table(Undo undo) {
    this.undo = Objects.requireNonNull(undo, "undo");
  }

  /** How many rows there are. */
  public int size() {
    return size;
  }

  /** True when there is none. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** The value under the key, or null. */
  public V get(K key) {
    var slot = index.find(key);
    return slot < 0 ? null : valueAt(slot);
  }

  /** The value under the key, if there is one. */
  public Optional<V> find(K key) {
    return Optional.ofNullable(get(key));
  }

  /** True when there is a row under the key. */
  public boolean contains(K key) {
    return index.find(key) >= 0;
  }

  /**
   * Puts the value under the key: in the place of the old one, or behind all others.
   *
   * @return what was there, or null
   */
  public V put(K key, V value) {
    Objects.requireNonNull(value, "value");
    var slot = index.find(key);
    if (slot >= 0) {
      var old = valueAt(slot);
      writable(slot).replace(offset(slot), value);
      undo.record(() -> writable(slot).replace(offset(slot), old));
      return old;
    }
    var fresh = end;
    fill(fresh, key, value);
    end = fresh + 1;
    undo.record(
        () -> {
          clear(fresh, key);
          end = fresh;
        });
    return null;
  }

  /**
   * Removes the row under the key.
   *
   * @return what was there, or null when there was nothing to remove
   */
  public V remove(K key) {
    var slot = index.find(key);
    if (slot < 0) {
      return null;
    }
    var old = valueAt(slot);
    var stored = keyAt(slot);
    clear(slot, stored);
    undo.record(() -> fill(slot, stored, old));
    if (end > 2L * size + 2 * Page.SLOTS) {
      pack();
    }
    return old;
  }

  /** All values as they are now, for any thread. Without a write in between it is the same one. */
  public Snapshot<V> snapshot() {
    if (latest == null) {
      latest = new Snapshot<>(Arrays.copyOf(pages, pagesFor(end)), size);
      epoch++;
    }
    return latest;
  }

  /**
   * Walks the values in order. Rows may get other values meanwhile, but none may come or go
   * (ConcurrentModificationException): walk a {@link #snapshot} for that.
   */
  @Override
  public Iterator<V> iterator() {
    return new Walk<>(pages, 0, false, () -> changes);
  }

  /** Walks the keys in order, under the same rule as {@link #iterator}. */
  public Iterable<K> keys() {
    return () -> new Walk<>(pages, 0, true, () -> changes);
  }

  /** Shows each row in order, under the same rule as {@link #iterator}. */
  public void forEach(BiConsumer<? super K, ? super V> reader) {
    for (var key : keys()) {
      reader.accept(key, get(key));
    }
  }

  private void fill(int slot, Object key, Object value) {
    writable(slot).fill(offset(slot), key, value);
    index.add(key, slot);
    size++;
    changes++;
  }

  private void clear(int slot, Object key) {
    index.remove(key);
    var page = writable(slot);
    page.clear(offset(slot));
    if (page.live() == 0) {
      pages[slot >> Page.BITS] = null;
    }
    size--;
    changes++;
  }

  /** The page of the slot, copied first if a snapshot may have seen it. */
  private Page writable(int slot) {
    latest = null;
    var number = slot >> Page.BITS;
    if (number >= pages.length) {
      pages = Arrays.copyOf(pages, Math.max(4, number + (number >> 1)));
    }
    var page = pages[number];
    if (page == null || page.epoch != epoch) {
      page = page == null ? new Page(epoch) : page.copy(epoch);
      pages[number] = page;
    }
    return page;
  }

  /**
   * Moves all rows together, into new pages and a new index. The old ones stay as they were, so the
   * inverse is to take them back, and inverses recorded earlier find their slots again.
   */
  private void pack() {
    var oldPages = pages;
    var oldIndex = index;
    var oldEnd = end;
    undo.record(
        () -> {
          latest = null;
          pages = oldPages;
          index = oldIndex;
          end = oldEnd;
          changes++;
        });
    latest = null;
    pages = new Page[pagesFor(size) + 1];
    end = 0;
    var newSlots = new int[oldEnd];
    for (var slot = 0; slot < oldEnd; slot++) {
      var page = oldPages[slot >> Page.BITS];
      var value = page == null ? null : page.value(offset(slot));
      if (value != null) {
        writable(end).fill(offset(end), page.key(offset(slot)), value);
        newSlots[slot] = end++;
      }
    }
    index = oldIndex.moved(newSlots);
    changes++;
  }

  private Object keyAt(int slot) {
    return pages[slot >> Page.BITS].key(offset(slot));
  }

  @SuppressWarnings("unchecked") // Only put() fills a slot.
  private V valueAt(int slot) {
    return (V) pages[slot >> Page.BITS].value(offset(slot));
  }

  private static int offset(int slot) {
    return slot & (Page.SLOTS - 1);
  }

  private static int pagesFor(int slots) {
    return (slots + Page.SLOTS - 1) >> Page.BITS;
  }
}
