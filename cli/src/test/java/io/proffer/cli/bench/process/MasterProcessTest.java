package io.proffer.cli.bench.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What is measured is a master as users start it; a cache of one is of no use to the other else.
 */
class MasterProcessTest {
  private static final Path SCRIPT =
      Path.of(System.getProperty("project.root", ".."), "bin", "proffer");
  private static final Pattern OPTIONS =
      Pattern.compile("(?m)^(?:common|native|master_tuning)='([^']*)'");

  @Test
  void itsJvmHasTheOptionsOfTheScript() throws Exception {
    var script = new TreeSet<String>();
    OPTIONS
        .matcher(Files.readString(SCRIPT))
        .results()
        .forEach(found -> script.addAll(Arrays.asList(found.group(1).split("\\s+"))));

    var here = new TreeSet<>(MasterProcess.JAVA_OPTIONS);
    here.addAll(MasterProcess.COLLECTOR);
    assertEquals(script, here);
  }
}
