package io.proffer.kernel.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.kernel.Undo;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TableTest {
  private final Undo undo = new Undo();
  private final Table<String, Integer> table = new Table<>(undo);

  private static <T> List<T> list(Iterable<T> values) {
    var list = new ArrayList<T>();
    values.forEach(list::add);
    return list;
  }

  private void fill(int rows) {
    IntStream.range(0, rows).forEach(i -> table.put("k" + i, i));
    undo.clear();
  }

  @Test
  void rowsKeepTheOrderOfTheirInsertionWhenReplaced() {
    table.put("b", 1);
    table.put("a", 2);
    assertEquals(1, table.put("b", 3));
    assertNull(table.put("c", 4));
    assertEquals(List.of(3, 2, 4), list(table));
    assertEquals(List.of("b", "a", "c"), list(table.keys()));
    var rows = new LinkedHashMap<String, Integer>();
    table.forEach(rows::put);
    assertEquals("{b=3, a=2, c=4}", rows.toString());
  }

  @Test
  void aSnapshotHasAPartOfItselfAndAChangedOne() {
    fill(700);
    table.remove("k300");
    undo.clear();
    var all = table.snapshot();

    var odd = all.filter(value -> value % 2 == 1);

    assertEquals(350, odd.size());
    assertEquals(IntStream.range(0, 350).mapToObj(i -> 2 * i + 1).toList(), list(odd));
    assertEquals(599, odd.from(299).next());
    assertSame(all, all.filter(value -> true));
    assertTrue(all.filter(value -> false).isEmpty());
    assertEquals(list(all).stream().map(value -> -value).toList(), list(all.map(value -> -value)));
    assertSame(all, all.map(value -> value));
    assertEquals(699, all.size());
  }

  @Test
  void whatIsNotThereIsNullOrEmpty() {
    assertNull(table.get("a"));
    assertNull(table.remove("a"));
    assertTrue(table.find("a").isEmpty());
    assertFalse(table.contains("a"));
    assertTrue(table.isEmpty());
    assertEquals(0, undo.size());
    assertThrows(NoSuchElementException.class, () -> table.iterator().next());
  }

  @Test
  void aRowPutAgainAfterItsRemovalComesLast() {
    fill(3);
    assertEquals(0, table.remove("k0"));
    table.put("k0", 9);
    assertEquals(List.of(1, 2, 9), list(table));
  }

  @Test
  void rollbackRestoresValuesAndOrder() {
    fill(3);
    table.remove("k1");
    table.put("k1", 7);
    table.put("k0", 8);
    table.put("new", 9);
    undo.rollback();
    assertEquals(List.of(0, 1, 2), list(table));
    assertEquals(1, table.get("k1"));
    assertFalse(table.contains("new"));
    table.put("next", 3);
    assertEquals(List.of(0, 1, 2, 3), list(table));
  }

  @Test
  void rollbackRestoresOrderEvenOverAPacking() {
    fill(2000);
    var before = list(table);
    for (var i = 0; i < 1900; i++) {
      table.remove("k" + (i * 7) % 2000);
    }
    table.put("new", 1);
    undo.rollback();
    assertEquals(before, list(table));
    assertEquals(2000, table.size());
    assertEquals(1234, table.get("k1234"));
  }

  @Test
  void aSnapshotStaysAsItWas() {
    fill(600);
    var snapshot = table.snapshot();
    table.put("k5", -1);
    table.remove("k300");
    table.put("new", 600);
    assertEquals(IntStream.range(0, 600).boxed().toList(), list(snapshot));
    assertEquals(600, snapshot.size());
    undo.rollback();
    assertEquals(list(snapshot), list(table));
  }

  @Test
  void snapshotsWithoutAWriteInBetweenAreOne() {
    fill(3);
    var first = table.snapshot();
    assertSame(first, table.snapshot());
    table.put("k1", 5);
    assertNotSame(first, table.snapshot());
  }

  @Test
  void aSnapshotGivesRangesAndSkipsHoles() {
    fill(1000);
    IntStream.range(0, 1000).filter(i -> i % 3 != 0).forEach(i -> table.remove("k" + i));
    var snapshot = table.snapshot();
    assertEquals(334, snapshot.size());
    assertEquals(List.of(300, 303), snapshot.stream(100, 2).toList());
    assertEquals(List.of(999), snapshot.stream(333, 10).toList());
    assertEquals(List.of(), snapshot.stream(334, 10).toList());
    assertEquals(List.of(), snapshot.stream(0, 0).toList());
    assertEquals(334, snapshot.stream().count());
    assertEquals(0, new Table<String, String>(undo).snapshot().stream(0, 5).count());
  }

  @Test
  void valuesMayChangeDuringAWalkButRowsMayNotComeOrGo() {
    fill(300);
    table.snapshot();
    for (var key : table.keys()) {
      table.put(key, table.get(key) + 1);
    }
    assertEquals(300, list(table).getLast());
    var walk = table.iterator();
    walk.next();
    table.remove("k0");
    assertThrows(ConcurrentModificationException.class, walk::next);
    for (var value : table.snapshot()) {
      table.remove("k" + (value - 1));
    }
    assertTrue(table.isEmpty());
  }
}
