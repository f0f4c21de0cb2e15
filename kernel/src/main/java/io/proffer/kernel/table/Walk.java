package io.proffer.kernel.table;

import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.IntSupplier;

/**
 * Visits the filled slots of pages in order; of a table's own pages only while no row comes or
 * goes.
 */
final class Walk<T> implements Iterator<T> {
  private final Page[] pages;
  private final boolean keys;
  private final IntSupplier changes;
  private final int expected;
  private int page;
  private int slot;

  /**
   * @param skip how many rows to leave out at the beginning
   * @param keys whether keys are wanted, or values
   */
  Walk(Page[] pages, long skip, boolean keys, IntSupplier changes) {
    this.pages = pages;
    this.keys = keys;
    this.changes = changes;
    this.expected = changes.getAsInt();
    var left = skip;
    while (page < pages.length && live(page) <= left) {
      left -= live(page);
      page++;
    }
    for (; left > 0 && hasNext(); left--) {
      slot++;
    }
  }

  @Override
  public boolean hasNext() {
    if (changes.getAsInt() != expected) {
      throw new ConcurrentModificationException(
          "Rows came or went while the table was walked; walk a snapshot of it instead");
    }
    while (page < pages.length) {
      if (live(page) > 0) {
        for (; slot < Page.SLOTS; slot++) {
          if (pages[page].value(slot) != null) {
            return true;
          }
        }
      }
      page++;
      slot = 0;
    }
    return false;
  }

  @Override
  @SuppressWarnings("unchecked") // The table put only such keys and values there.
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    var at = slot++;
    return (T) (keys ? pages[page].key(at) : pages[page].value(at));
  }

  private int live(int number) {
    return pages[number] == null ? 0 : pages[number].live();
  }
}
