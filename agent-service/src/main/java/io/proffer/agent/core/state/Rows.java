package io.proffer.agent.core.state;

import io.proffer.kernel.Undo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** One table: rows under keys, in the order in which the keys came. Written by events only. */
public final class Rows<K, V> {
  private final LinkedHashMap<K, V> rows = new LinkedHashMap<>();
  private final Undo undo;

  Rows(Undo undo) {
    this.undo = undo;
  }

  /** The row under this key. */
  public Optional<V> find(K key) {
    return Optional.ofNullable(rows.get(key));
  }

  /** The row under this key, which must be there. */
  public V get(K key) {
    return find(key).orElseThrow(() -> new IllegalStateException("no row for " + key));
  }

  /** A copy of all keys, in order. */
  public List<K> keys() {
    return new ArrayList<>(rows.keySet());
  }

  /** A copy of all rows, in order. */
  public List<V> all() {
    return new ArrayList<>(rows.values());
  }

  /** The number of rows. */
  public int size() {
    return rows.size();
  }

  void put(K key, V row) {
    var before = rows.put(key, row);
    undo.record(before == null ? () -> rows.remove(key) : () -> rows.put(key, before));
  }

  void remove(K key) {
    var before = rows.remove(key);
    if (before != null) {
      undo.record(() -> rows.put(key, before));
    }
  }
}
