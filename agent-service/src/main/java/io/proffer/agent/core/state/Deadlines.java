package io.proffer.agent.core.state;

import io.proffer.kernel.Undo;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Everything that time will bring about, soonest first; ties in the order in which they were set.
 */
public final class Deadlines {
  private record Entry(long atNanos, long order, Due due) {}

  private static final Comparator<Entry> SOONEST =
      Comparator.comparingLong(Entry::atNanos).thenComparingLong(Entry::order);

  private final TreeSet<Entry> entries = new TreeSet<>(SOONEST);
  private final Map<Due, Entry> byDue;
  private final Undo undo;
  private long order;

  Deadlines(Undo undo) {
    this.undo = undo;
    this.byDue = new LinkedHashMap<>();
  }

  /** When the soonest is, in monotonic nanoseconds. */
  public OptionalLong next() {
    return entries.isEmpty() ? OptionalLong.empty() : OptionalLong.of(entries.first().atNanos());
  }

  /** When this one is, in monotonic nanoseconds. */
  public OptionalLong at(Due due) {
    var entry = byDue.get(due);
    return entry == null ? OptionalLong.empty() : OptionalLong.of(entry.atNanos());
  }

  /** The soonest, if it is due. */
  Optional<Due> due(long nowNanos) {
    return entries.isEmpty() || entries.first().atNanos() > nowNanos
        ? Optional.empty()
        : Optional.of(entries.first().due());
  }

  void set(Due due, long atNanos) {
    clear(due);
    var entry = new Entry(atNanos, order++, due);
    add(entry);
    undo.record(() -> drop(entry));
  }

  void clear(Due due) {
    var entry = byDue.get(due);
    if (entry != null) {
      drop(entry);
      undo.record(() -> add(entry));
    }
  }

  private void add(Entry entry) {
    entries.add(entry);
    byDue.put(entry.due(), entry);
  }

  private void drop(Entry entry) {
    entries.remove(entry);
    byDue.remove(entry.due());
  }
}
