package io.proffer.agent.container.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands under a locale that has no letters for them: they are not changed. */
@Timeout(60)
final class LettersTest {
  /** What this process would be, and do, under a locale of ASCII. */
  static final class InAscii {
    private InAscii() {}

    /** Tells the letters, the request of a spawner, and why it is not started directly. */
    public static void main(String[] ignored) throws Exception {
      var supervisor = new ProcessBuilder(List.of("true", "c", "s", "-", "-", "echo", "gr\u00fcn"));
      supervisor.environment().clear();
      supervisor.environment().put("WHERE", "M\u00fcnchen");
      System.out.println(System.getProperty("sun.jnu.encoding"));
      System.out.println(
          new String(SpawnRequest.encode(1, supervisor), StandardCharsets.UTF_8)
              .codePoints()
              .filter(letter -> letter == '\u00fc')
              .count());
      System.out.println(
          new DirectStarter()
              .start(new ControlDirectory(Path.of("c")), supervisor)
              .handle((started, failure) -> failure == null ? "started" : failure.getMessage())
              .toCompletableFuture()
              .get());
    }
  }

  private static List<String> inLocale(String locale) throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
            java,
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            InAscii.class.getName());
    builder.environment().putAll(Map.of("LC_ALL", locale));
    var process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
    assertEquals(0, process.waitFor());
    return lines;
  }

  @Test
  void aCommandIsWhatItsFrameworkWroteOrIsRefused() throws Exception {
    var said = inLocale("C");
    assertFalse(said.getFirst().equals("UTF-8"), said::toString);
    assertEquals("2", said.get(1));
    assertTrue(
        said.get(2).endsWith("has no letters for an argument: start it with LC_ALL=C.UTF-8"),
        said::toString);
  }

  @Test
  void whereThereAreLettersItIsStarted() throws Exception {
    assertEquals(List.of("UTF-8", "2", "started"), inLocale("C.UTF-8"));
  }
}
