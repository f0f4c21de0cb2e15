package io.proffer.e2e.simulation;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A seed finds a mistake when its history is good without it, and bad with it. */
final class HuntTest {
  @Test
  void aSeedThatIsBadWithTheMistakeOnlyFindsIt() {
    var hunt = new Hunt("a mistake", HuntTest::badFromSeven, seed -> "");

    assertDoesNotThrow(() -> hunt.from(1));
  }

  @Test
  void aSeedThatIsBadAnywayFindsNothing() {
    var hunt = new Hunt("a mistake", HuntTest::badFromSeven, HuntTest::badFromSeven);

    var failure = assertThrows(AssertionError.class, () -> hunt.from(1));

    assertTrue(failure.getMessage().startsWith("Seed 7 tells nothing of this"));
  }

  @Test
  void aMistakeThatNoSeedShowsIsNotFound() {
    var hunt = new Hunt("a mistake", seed -> "", seed -> "");

    assertThrows(AssertionError.class, () -> hunt.from(1));
  }

  private static String badFromSeven(long seed) {
    return seed < 7 ? "" : "bad";
  }
}
