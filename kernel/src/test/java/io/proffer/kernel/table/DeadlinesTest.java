package io.proffer.kernel.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.kernel.Undo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeadlinesTest {
  private final Undo undo = new Undo();
  private final Deadlines<String> deadlines = new Deadlines<>(undo);

  @Test
  void keysAreDueByTimeThenByInsertion() {
    deadlines.schedule("c", 20);
    deadlines.schedule("b", 10);
    deadlines.schedule("a", 10);
    deadlines.schedule("d", 21);
    assertEquals(OptionalLong.of(10), deadlines.nextNanos());
    assertEquals(List.of(), deadlines.popDue(9));
    assertEquals(List.of("b", "a", "c"), deadlines.popDue(20));
    assertEquals(OptionalLong.of(21), deadlines.nextNanos());
    assertEquals(1, deadlines.size());
  }

  @Test
  void schedulingAgainReplacesTimeAndTurn() {
    deadlines.schedule("a", 10);
    deadlines.schedule("b", 10);
    deadlines.schedule("a", 10);
    assertEquals(OptionalLong.of(10), deadlines.timeOf("a"));
    assertEquals(List.of("b", "a"), deadlines.popDue(10));
    assertEquals(OptionalLong.empty(), deadlines.nextNanos());
  }

  @Test
  void aCancelledKeyIsNeverDue() {
    deadlines.schedule("a", 10);
    assertTrue(deadlines.cancel("a"));
    assertFalse(deadlines.cancel("a"));
    assertEquals(OptionalLong.empty(), deadlines.timeOf("a"));
    assertEquals(List.of(), deadlines.popDue(10));
  }

  @Test
  void aTickMayTakeOnlyAsManyAsItsTurnBears() {
    deadlines.schedule("a", 1);
    deadlines.schedule("b", 2);
    deadlines.schedule("c", 3);
    assertEquals(List.of("a", "b"), deadlines.popDue(5, 2));
    assertEquals(List.of("c"), deadlines.popDue(5, 2));
  }

  @Test
  void rollbackRestoresTimesAndOrder() {
    deadlines.schedule("a", 10);
    deadlines.schedule("b", 10);
    undo.clear();
    deadlines.schedule("a", 5);
    deadlines.cancel("b");
    deadlines.schedule("c", 1);
    assertEquals(List.of("c", "a"), deadlines.popDue(5));
    undo.rollback();
    assertEquals(List.of("a", "b"), deadlines.popDue(10));
  }

  private record Model(long at, int number) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void randomTurnsAgreeWithASortedList(long seed) {
    var random = new Random(seed);
    Map<String, Model> model = new LinkedHashMap<>();
    var number = 0;
    for (var turn = 0; turn < 500; turn++) {
      var attempt = new LinkedHashMap<>(model);
      for (var i = random.nextInt(10); i >= 0; i--) {
        var key = "k" + random.nextInt(50);
        switch (random.nextInt(4)) {
          case 0 -> assertEquals(attempt.remove(key) != null, deadlines.cancel(key));
          case 1 -> assertEquals(pop(attempt, random.nextInt(40)), deadlines.popDue(lastPop));
          default -> {
            var at = random.nextInt(100);
            deadlines.schedule(key, at);
            attempt.put(key, new Model(at, number++));
          }
        }
      }
      if (random.nextBoolean()) {
        undo.rollback();
      } else {
        undo.clear();
        model = attempt;
      }
      assertEquals(model.size(), deadlines.size());
      assertEquals(model.values().stream().mapToLong(Model::at).min(), deadlines.nextNanos());
    }
  }

  private long lastPop;

  private List<String> pop(Map<String, Model> model, long now) {
    lastPop = now;
    var due = new ArrayList<Map.Entry<String, Model>>();
    model.entrySet().stream().filter(e -> e.getValue().at() <= now).forEach(due::add);
    due.sort(
        Comparator.<Map.Entry<String, Model>>comparingLong(e -> e.getValue().at())
            .thenComparingInt(e -> e.getValue().number()));
    var keys = due.stream().map(Map.Entry::getKey).toList();
    keys.forEach(model::remove);
    return keys;
  }
}
