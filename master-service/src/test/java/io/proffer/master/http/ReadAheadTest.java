package io.proffer.master.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  @Test
  void isDueWheneverTheClusterHasDoubled() {
    var ahead = new ReadAhead(10_000);
    var due = new ArrayList<Long>();
    for (var rows = 0L; rows < 100_000; rows += 100) {
      if (ahead.isDue(rows)) {
        due.add(rows);
      }
    }
    assertEquals(List.of(1100L, 2200L, 4400L, 8800L), due);
    assertFalse(ahead.goesOn());
  }

  @Test
  void isNotDueAgainWhenTheClusterShrinksAndGrows() {
    var ahead = new ReadAhead(10_000);
    assertTrue(ahead.isDue(3000));
    assertFalse(ahead.isDue(10));
    assertFalse(ahead.isDue(5999));
    assertTrue(ahead.goesOn());
    assertTrue(ahead.isDue(500_000));
    assertFalse(ahead.isDue(Long.MAX_VALUE));
  }

  @Test
  void isNeverDueWhenItIsSwitchedOff() {
    var ahead = new ReadAhead(0);
    assertFalse(ahead.goesOn());
    assertFalse(ahead.isDue(1_000_000));
  }
}
