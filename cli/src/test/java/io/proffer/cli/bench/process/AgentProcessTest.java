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
  private static final Pattern TUNING = Pattern.compile("(?m)^ +agent[^)]*\\) tuning='([^']*)'");
  private static final Pattern ALL =
      Pattern.compile("(?m)^exec .* (-Xshare:auto) \\$tuning \\\\\n((?: +-.* \\\\\n)*?) +\\$\\{");

  @Test
  void itsJvmHasTheOptionsOfTheScript() throws Exception {
    var script = Files.readString(SCRIPT);
    var tuning = TUNING.matcher(script);
    var all = ALL.matcher(script);
    if (!tuning.find() || !all.find()) {
      throw new AssertionError("bin/proffer starts the JVM in another way than this test can read");
    }
    var options =
        String.join(" ", all.group(1), tuning.group(1), all.group(2).replace("\\\n", " "));
    assertEquals(
        new TreeSet<>(Arrays.asList(options.strip().split("\\s+"))),
        new TreeSet<>(AgentProcess.JAVA_OPTIONS));
  }
}
