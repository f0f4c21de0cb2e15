package io.proffer.e2e.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

final class RepeatabilityTest {
  @Test
  void oneSeedGivesOneHistoryToTheLastWord() {
    for (var seed = 1L; seed <= 3; seed++) {
      var once = Run.of(seed, true).world().trace();
      var again = Run.of(seed, true).world().trace();
      assertEquals(once.count(), again.count());
      assertEquals(once.hash(), again.hash(), "seed " + seed);
    }
  }

  @Test
  void anotherSeedGivesAnother() {
    assertNotEquals(Run.of(1, true).world().trace().hash(), Run.of(2, true).world().trace().hash());
  }
}
