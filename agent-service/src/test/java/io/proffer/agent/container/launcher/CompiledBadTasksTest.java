package io.proffer.agent.container.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The C program, which bounds what is written, too. */
final class CompiledBadTasksTest extends BadTasksContract {
  private static final int LIMIT = 256 * 1024;
  private static final int FILES = 2;

  private OutputLimits limits = OutputLimits.NONE;

  @Override
  Supervisor supervisor(Path directory) throws IOException {
    var supervisor = Supervisor.compiled(directory);
    assumeTrue(supervisor.isPresent(), "the build had no C compiler");
    return supervisor.get();
  }

  @Override
  OutputLimits limits() {
    return limits;
  }

  @Override
  int generations() {
    return 14;
  }

  private void limited(long limit) throws IOException {
    limits = new OutputLimits(limit, limit, FILES);
    containers.close();
    containers = containerizer();
  }

  @Test
  void processesThatHideEndWithTheirContainer() throws Exception {
    // Another session, no environment, another directory, and an orphan.
    shell(
        "(cd / && setsid env -i /bin/sh -c \"echo $$ > $MESOS_SANDBOX/hidden; sleep 1001; :\" &);"
            + " until [ -s hidden ]; do sleep 0.01; done; exit 3");
    expectStarted();
    expectExit(3 << 8);
    forgetAll();
    assertEquals(Leftovers.NONE, Leftovers.of(directory));
  }

  @Test
  void outputWithoutEndFillsNoDiskWhereItIsBounded() throws Exception {
    limited(LIMIT);
    withDisk(
        "size=4m",
        () -> {
          // 400 times what there is room for.
          var loud = shell("head -c 800000000 /dev/zero; head -c 800000000 /dev/zero >&2; exit 4");
          expectStarted();
          expectExit(4 << 8);
          assertTrue(written(loud) <= 2 * (FILES + 1) * LIMIT);
          assertTrue(written(loud) > 2 * FILES * LIMIT);
          shell("head -c 1000000 /dev/zero > mine");
          expectStarted();
          expectExit(0);
        });
  }

  @Test
  void aFullDiskHoldsUpNobodyWhoseOutputIsBounded() throws Exception {
    limited(100 << 20);
    withDisk(
        "size=1m",
        () -> {
          var loud = shell("head -c 20000000 /dev/zero && exit 4");
          expectStarted();
          expectExit(4 << 8);
          assertTrue(Files.size(sandbox(loud).resolve("stdout")) > 500_000);
          assertEquals(0, Files.size(sandbox(loud).resolve("stderr")));
        });
  }
}
