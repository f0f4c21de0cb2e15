package io.proffer.kernel.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.kernel.Undo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random turns against a LinkedHashMap: some undone, with snapshots taken in the middle of them.
 */
@Timeout(60)
final class TablePropertyTest {
  /** Keys that share few hashes, so that probing and moving back are exercised. */
  private record Key(int number) {
    @Override
    public int hashCode() {
      return number / 20;
    }
  }

  private record Taken(Snapshot<Integer> snapshot, List<Integer> expected) {}

  @ParameterizedTest
  @CsvSource({
    "1, 40, 0.5",
    "2, 500, 0.5",
    "3, 3000, 0.5",
    "4, 3000, 0.3",
    "5, 3000, 0.7",
    "6, 100000, 0.45"
  })
  void aTableBehavesAsALinkedHashMap(long seed, int keys, double removals) {
    var random = new Random(seed);
    var undo = new Undo();
    var table = new Table<Key, Integer>(undo);
    var model = new LinkedHashMap<Key, Integer>();
    var taken = new ArrayList<Taken>();
    for (var turn = 0; turn < 400; turn++) {
      var attempt = new LinkedHashMap<>(model);
      var writes = random.nextInt(100) == 0 ? 5000 : random.nextInt(60);
      for (var i = 0; i < writes; i++) {
        write(random, keys, removals, table, attempt);
        if (random.nextInt(200) == 0) {
          taken.add(new Taken(table.snapshot(), List.copyOf(attempt.values())));
        }
      }
      if (random.nextInt(3) == 0) {
        undo.rollback();
      } else {
        undo.clear();
        model = attempt;
      }
      assertEquals(0, undo.size());
      assertEquals(model.size(), table.size());
      if (keys < 1000 || turn % 20 == 0) {
        assertSame(model, table);
      }
    }
    for (var one : taken) {
      assertEquals(one.expected(), one.snapshot().stream().toList());
      assertEquals(one.expected().size(), one.snapshot().size());
      var offset = random.nextInt(one.expected().size() + 2);
      var limit = random.nextInt(50);
      assertEquals(
          one.expected().stream().skip(offset).limit(limit).toList(),
          one.snapshot().stream(offset, limit).toList());
    }
  }

  private static void write(
      Random random, int keys, double removals, Table<Key, Integer> table, Map<Key, Integer> map) {
    var key = new Key(random.nextInt(keys));
    if (random.nextDouble() < removals) {
      assertEquals(map.remove(key), table.remove(key));
    } else {
      var value = random.nextInt();
      assertEquals(map.put(key, value), table.put(key, value));
    }
  }

  private static void assertSame(Map<Key, Integer> model, Table<Key, Integer> table) {
    var rows = new LinkedHashMap<Key, Integer>();
    table.forEach(rows::put);
    assertEquals(List.copyOf(model.entrySet()), List.copyOf(rows.entrySet()));
    var values = new ArrayList<Integer>();
    table.iterator().forEachRemaining(values::add);
    assertEquals(List.copyOf(model.values()), values);
  }
}
