package io.proffer.agent.core.state;

import io.proffer.kernel.Undo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** One table: rows under keys, in the order in which the keys came. Written by events only. */
public final class Rows<K, V> {
  private final LinkedHashMap<K, V> rows = new LinkedHashMap<>();
  private final Undo undo;
  private final ToLongFunction<V> weigher;
  private long weight;

  Rows(Undo undo) {
    this(undo, row -> 0);
  }

  /**
   * @param weigher how much memory a row takes: always the same for the same row
   */
  Rows(Undo undo, ToLongFunction<V> weigher) {
    this.undo = undo;
    this.weigher = weigher;
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

  /** How much memory all rows take, as far as they are weighed. */
  public long weight() {
    return weight;
  }

  void put(K key, V row) {
    var before = set(key, row);
    undo.record(before == null ? () -> drop(key) : () -> set(key, before));
  }

  void remove(K key) {
    var before = drop(key);
    if (before != null) {
      undo.record(() -> set(key, before));
    }
  }

  private V set(K key, V row) {
    var before = rows.put(key, row);
    weight += weigher.applyAsLong(row) - (before == null ? 0 : weigher.applyAsLong(before));
    return before;
  }

  private V drop(K key) {
    var before = rows.remove(key);
    weight -= before == null ? 0 : weigher.applyAsLong(before);
    return before;
  }
}
