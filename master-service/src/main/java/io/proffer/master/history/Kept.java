package io.proffer.master.history;

import io.proffer.kernel.Write;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * Rows of one kind in the file, the oldest under the lowest key. Rows never change, so a row is
 * told by being the same object.
 *
 * @param <T> a row
 */
final class Kept<T> {
  private final String prefix;
  private final Function<T, byte[]> encode;
  private IdentityHashMap<T, Long> numbers = new IdentityHashMap<>();
  private long highest;

  /**
   * @param prefix of the keys of these rows
   */
  Kept(String prefix, Function<T, byte[]> encode) {
    this.prefix = prefix;
    this.encode = encode;
  }

  /** Whether a key is of such a row. */
  boolean owns(String key) {
    return key.startsWith(prefix);
  }

  /** A row that was found in the file, under its key. */
  void found(String key, T row) {
    var number = Long.parseLong(key.substring(prefix.length()), 16);
    numbers.put(row, number);
    highest = Math.max(highest, number);
  }

  /** What makes the file hold these rows and no others; taken as written from now on. */
  List<Write> changes(Iterator<T> rows) {
    var writes = new ArrayList<Write>();
    var now = new IdentityHashMap<T, Long>();
    while (rows.hasNext()) {
      var row = rows.next();
      var number = numbers.remove(row);
      if (number == null) {
        number = ++highest;
        writes.add(Write.put(key(number), encode.apply(row)));
      }
      now.put(row, number);
    }
    numbers.values().forEach(gone -> writes.add(Write.delete(key(gone))));
    numbers = now;
    return writes;
  }

  private String key(long number) {
    return prefix + String.format("%016x", number);
  }
}
