package io.proffer.agent.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files are found in whatever letters the locale has. */
@Timeout(60)
final class HandleTest {
  /** What this process would be under a locale of other letters. */
  static final class InOtherLetters {
    private InOtherLetters() {}

    /** Fails where the root directory cannot be held. */
    public static void main(String[] ignored) throws Exception {
      // As the locale would say it; who gives it to the JVM is not heard.
      System.setProperty("sun.jnu.encoding", "ISO-8859-15");
      try (var root = Handle.of(Path.of("/"))) {
        System.out.println(root.attributes().isDirectory());
      }
    }
  }

  @Test
  void lettersOfWesternEuropeAreNoObstacle() throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                InOtherLetters.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertEquals("true", process.inputReader().readLine());
    assertEquals(0, process.waitFor());
  }
}
