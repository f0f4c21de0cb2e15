package io.proffer.kernel.table;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The values of a table as they were at one instant, in the order of insertion. Never changes; safe
 * for any thread. It holds on to the pages it saw, so let go of it soon.
 *
 * @param <V> what the rows hold, itself immutable
 */
public final class Snapshot<V> implements Iterable<V> {
  private static final int TRAITS =
      Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;

  private final Page[] pages;
  private final int size;

  Snapshot(Page[] pages, int size) {
    this.pages = pages;
    this.size = size;
  }

  /** How many values there are. */
  public int size() {
    return size;
  }

  /** True when there is none. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** Those of the values that pass, in the same order; this one itself when all do. */
  public Snapshot<V> filter(Predicate<? super V> test) {
    var passed = new Filling<V>();
    for (var value : this) {
      if (test.test(value)) {
        passed.add(value);
      }
    }
    return passed.size() == size ? this : passed.snapshot();
  }

  /**
   * The same number of values, each exchanged for another, never null, or for itself; this one
   * itself when all are.
   */
  public Snapshot<V> map(UnaryOperator<V> change) {
    var changed = new Filling<V>();
    var same = true;
    for (var value : this) {
      var other = change.apply(value);
      same &= isSame(value, other);
      changed.add(other);
    }
    return same ? this : changed.snapshot();
  }

  /** Rows are told apart by what they are, not by what they hold: that would cost too much. */
  private static boolean isSame(Object one, Object other) {
    return one == other;
  }

  @Override
  public Iterator<V> iterator() {
    return from(0);
  }

  /** The values after the first {@code offset}; whole pages are skipped, not visited. */
  public Iterator<V> from(long offset) {
    return new Walk<>(pages, offset, false, () -> 0);
  }

  /** All values. */
  public Stream<V> stream() {
    return StreamSupport.stream(Spliterators.spliterator(iterator(), size, TRAITS), false);
  }

  /** At most {@code limit} values after the first {@code offset}. */
  public Stream<V> stream(long offset, long limit) {
    var rest = Math.max(0, Math.min(limit, size - offset));
    return StreamSupport.stream(
            Spliterators.spliterator(from(offset), Math.max(0, size - offset), TRAITS), false)
        .limit(rest);
  }
}
