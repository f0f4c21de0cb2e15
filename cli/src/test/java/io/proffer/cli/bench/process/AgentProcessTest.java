package io.proffer.cli.bench.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is measured is an agent as users start it. */
class AgentProcessTest {
  private static final Path SCRIPT =
      Path.of(System.getProperty("project.root", ".."), "bin", "proffer");
  private static final Pattern TUNING = Pattern.compile("(?m)^agent_tuning='([^']*)'");
  private static final Pattern ALL = Pattern.compile("(?m)^common='([^']*)'");

  /** What the manifest of the jar says, which the script starts as such and a bench does not. */
  private static final String OF_THE_JAR = "--enable-native-access=ALL-UNNAMED";

  @Test
  void itsJvmHasTheOptionsOfTheScript() throws Exception {
    var script = Files.readString(SCRIPT);
    var tuning = TUNING.matcher(script);
    var all = ALL.matcher(script);
    if (!tuning.find() || !all.find()) {
      throw new AssertionError("bin/proffer starts the JVM in another way than this test can read");
    }
    var options = String.join(" ", all.group(1), tuning.group(1), OF_THE_JAR);
    assertEquals(
        new TreeSet<>(Arrays.asList(options.strip().split("\\s+"))),
        new TreeSet<>(AgentProcess.JAVA_OPTIONS));
  }
}
