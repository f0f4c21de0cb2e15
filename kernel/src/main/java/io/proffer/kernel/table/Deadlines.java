package io.proffer.kernel.table;

import io.proffer.kernel.Undo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * When something is due, one time a key. Keys of one time are due in the order they were scheduled,
 * so a run can be repeated. Every write leaves its inverse in the {@link Undo}. Of one thread.
 *
 * @param <K> with equals and hashCode that never change
 */
public final class Deadlines<K> {
  private record Due<K>(long atNanos, long number, K key) {}

  private final Undo undo;
  private final Map<K, Due<K>> byKey = new LinkedHashMap<>();
  private final TreeSet<Due<K>> byTime =
      new TreeSet<>(Comparator.<Due<K>>comparingLong(Due::atNanos).thenComparingLong(Due::number));
  private long scheduled;

  /**
   * @param undo gets the inverse of each write
   */
  public Deadlines(Undo undo) {
    this.undo = Objects.requireNonNull(undo, "undo");
  }

  /** Makes the key due at a time (monotonic nanoseconds), in place of the time it had. */
  public void schedule(K key, long atNanos) {
    Objects.requireNonNull(key, "key");
    var old = byKey.get(key);
    if (old != null) {
      drop(old);
    }
    var due = new Due<>(atNanos, scheduled++, key);
    add(due);
    undo.record(
        () -> {
          drop(due);
          if (old != null) {
            add(old);
          }
        });
  }

  /** Takes the time from the key; false when it had none. */
  public boolean cancel(K key) {
    var due = byKey.get(key);
    if (due == null) {
      return false;
    }
    take(due);
    return true;
  }

  /** When the key is due, if it is scheduled. */
  public OptionalLong timeOf(K key) {
    var due = byKey.get(key);
    return due == null ? OptionalLong.empty() : OptionalLong.of(due.atNanos());
  }

  /** The earliest time of all. */
  public OptionalLong nextNanos() {
    return byTime.isEmpty() ? OptionalLong.empty() : OptionalLong.of(byTime.first().atNanos());
  }

  /** Takes out all keys whose time is now or has passed, the earliest first. */
  public List<K> popDue(long nowNanos) {
    return popDue(nowNanos, Integer.MAX_VALUE);
  }

  /** As {@link #popDue(long)}, but at most {@code max} of them, to keep a turn short. */
  public List<K> popDue(long nowNanos, int max) {
    var keys = new ArrayList<K>();
    while (keys.size() < max && !byTime.isEmpty() && byTime.first().atNanos() <= nowNanos) {
      var due = byTime.first();
      take(due);
      keys.add(due.key());
    }
    return keys;
  }

  /** How many keys are scheduled. */
  public int size() {
    return byKey.size();
  }

  private void take(Due<K> due) {
    drop(due);
    undo.record(() -> add(due));
  }

  private void add(Due<K> due) {
    byKey.put(due.key(), due);
    byTime.add(due);
  }

  private void drop(Due<K> due) {
    byKey.remove(due.key());
    byTime.remove(due);
  }
}
