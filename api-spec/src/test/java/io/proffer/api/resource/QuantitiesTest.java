package io.proffer.api.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class QuantitiesTest {
  @Test
  void printsAsTheProtocolDoes() {
    assertEquals("cpus:1; mem:2", Quantities.parse("mem:2;cpus:1").toString());
    assertEquals("cpus:0.1", Quantities.of("cpus", 100).toString());
    assertEquals("{}", Quantities.empty().toString());
  }

  @Test
  void zeroIsNotThere() {
    assertTrue(Quantities.parse("cpus:0").isEmpty());
    var rest = Quantities.parse("cpus:1;mem:2").minus(Quantities.parse("cpus:3;mem:1"));
    assertEquals(Quantities.parse("mem:1"), rest);
    assertEquals(0, rest.get("cpus"));
  }

  @Test
  void containsWhatIsNotMore() {
    var pool = Quantities.parse("cpus:2;mem:4");
    assertTrue(pool.contains(Quantities.parse("cpus:2")));
    assertTrue(pool.contains(Quantities.empty()));
    assertFalse(pool.contains(Quantities.parse("cpus:2.001")));
    assertFalse(pool.contains(Quantities.parse("disk:1")));
  }

  @Test
  void theLargestShareDominates() {
    var total = Quantities.parse("cpus:10;mem:100");
    assertEquals(0.5, Quantities.parse("cpus:5;mem:10").dominantShare(total));
    assertEquals(0, Quantities.parse("disk:5").dominantShare(total));
    assertEquals(0, Quantities.empty().dominantShare(Quantities.empty()));
  }

  @Test
  void wrongTextIsRefused() {
    for (var text : new String[] {"cpus", "cpus:x", "cpus:-1", "cpus:[1-2]", "cpus:1:2"}) {
      assertThrows(ResourceParseException.class, () -> Quantities.parse(text), text);
    }
  }

  @Test
  void behavesAsMapsOfNumbersDo() {
    var random = new SplittableRandom(3);
    for (int round = 0; round < 5000; round++) {
      var left = numbers(random);
      var right = numbers(random);
      var sum = new TreeMap<>(left);
      right.forEach((name, amount) -> sum.merge(name, amount, Long::sum));
      var rest = new TreeMap<>(left);
      right.forEach((name, amount) -> rest.computeIfPresent(name, (n, old) -> old - amount));
      assertEquals(Quantities.of(sum), Quantities.of(left).plus(Quantities.of(right)));
      assertEquals(Quantities.of(rest), Quantities.of(left).minus(Quantities.of(right)));
      assertEquals(Quantities.of(left), Quantities.of(sum).minus(Quantities.of(right)));
    }
  }

  private static Map<String, Long> numbers(SplittableRandom random) {
    var numbers = new TreeMap<String, Long>();
    for (var name : new String[] {"cpus", "disk", "gpus", "mem"}) {
      if (random.nextBoolean()) {
        numbers.put(name, random.nextLong(1, 5));
      }
    }
    return numbers;
  }
}
