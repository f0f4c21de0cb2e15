package io.proffer.e2e.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.function.LongFunction;

/**
 * Looks for a seed that finds a mistake.
 *
 * @param mistake in words
 * @param mistaken what is wrong with the history of a seed when the mistake is made
 * @param control what is wrong with it when it is not
 */
record Hunt(String mistake, LongFunction<String> mistaken, LongFunction<String> control) {
  private static final int SEEDS = 200;

  /** With the real code, and the code with a mistake in it. */
  static Hunt after(Mutation mutation) {
    return new Hunt(mutation.toString(), new MutatedCode(mutation)::verdict, Run::verdict);
  }

  /** The first seed of 200 that finds something must find nothing where there is no mistake. */
  void from(long first) {
    for (var seed = first; seed < first + SEEDS; seed++) {
      var verdict = mistaken.apply(seed);
      if (!verdict.isEmpty()) {
        assertEquals(
            "",
            firstLine(control.apply(seed)),
            "Seed %d tells nothing of this, it is as bad without: %s".formatted(seed, mistake));
        System.out.printf("%s: found by seed %d: %s%n", mistake, seed, firstLine(verdict));
        return;
      }
    }
    fail("Nobody noticed that " + mistake);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
