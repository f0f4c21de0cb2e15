package io.proffer.e2e.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class RepeatabilityTest {
  @Test
  void oneSeedGivesOneHistoryToTheLastWord() {
    for (var seed = 1L; seed <= 3; seed++) {
      assertEquals(history(seed), history(seed), "seed " + seed);
    }
  }

  /** Whoever replays a seed does so in another JVM, where the JDK's own sets have another order. */
  @Test
  void inAnotherProcessItIsTheSame() throws Exception {
    for (var seed = 1L; seed <= 2; seed++) {
      assertEquals(history(seed), elsewhere(seed), "seed " + seed);
    }
  }

  @Test
  void anotherSeedGivesAnother() {
    assertNotEquals(history(1), history(2));
  }

  /** Prints the history of a seed. */
  public static void main(String[] arguments) {
    System.out.println(history(Long.parseLong(arguments[0])));
  }

  private static String history(long seed) {
    var trace = Run.of(seed, true).world().trace();
    return trace.count() + " lines, " + Long.toHexString(trace.hash());
  }

  private static String elsewhere(long seed) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RepeatabilityTest.class.getName(),
                Long.toString(seed))
            .redirectErrorStream(true)
            .start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    process.waitFor();
    return output.lines().toList().getLast();
  }
}
